// The camera turns round a point on the ground; mouse, touch and keyboard move it.

import { PerspectiveCamera, Vector3 } from "three";

const RAD = Math.PI / 180;
const LOWEST = 1.5;

export class Camera {
  constructor(canvas, box, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.box = box;
    this.object = new PerspectiveCamera(38, 1, 1, 10000);
    this.object.up.set(0, 0, 1);
    this.radius = Math.max(Math.hypot(box[2] - box[0], box[3] - box[1]) / 2, 30);
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.home(false);
    this.listen();
  }

  homePose() {
    const { box } = this;
    return {
      x: (box[0] + box[2]) / 2,
      y: (box[1] + box[3]) / 2,
      z: box[4],
      distance: this.radius * 2.3,
      bearing: 330,
      tilt: 38,
    };
  }

  home(smooth = true) {
    this.go(this.homePose(), smooth);
  }

  top(smooth = true) {
    this.go({ ...this.homePose(), distance: this.radius * 3, bearing: 0, tilt: 90 }, smooth);
  }

  /** Flies to a pose, or is there at once where motion is not wanted. */
  go(pose, smooth = true) {
    const target = this.bounded({ ...(this.pose ?? this.homePose()), ...pose });
    cancelAnimationFrame(this.flight);
    if (!smooth || this.still.matches || !this.pose) {
      this.pose = target;
      this.changed();
      return;
    }
    const from = { ...this.pose };
    const turn = ((((target.bearing - from.bearing) % 360) + 540) % 360) - 180;
    const begin = performance.now();
    const step = (now) => {
      const t = Math.min((now - begin) / 500, 1);
      const f = t * t * (3 - 2 * t);
      const between = (key) => from[key] + (target[key] - from[key]) * f;
      this.pose = {
        x: between("x"),
        y: between("y"),
        z: between("z"),
        distance: between("distance"),
        bearing: from.bearing + turn * f,
        tilt: between("tilt"),
      };
      this.changed();
      if (t < 1) this.flight = requestAnimationFrame(step);
    };
    this.flight = requestAnimationFrame(step);
  }

  bounded(pose) {
    const reach = this.radius * 3;
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    return {
      x: clamp(pose.x, this.box[0] - reach, this.box[2] + reach),
      y: clamp(pose.y, this.box[1] - reach, this.box[3] + reach),
      z: clamp(pose.z, this.box[4] - 200, this.box[5] + 200),
      distance: clamp(pose.distance, 8, this.radius * 8),
      bearing: ((pose.bearing % 360) + 360) % 360,
      tilt: clamp(pose.tilt, LOWEST, 90),
    };
  }

  move(change) {
    this.go(change, false);
  }

  /** Moves the point looked at by metres to the right and ahead of the view. */
  pan(right, ahead) {
    const { x, y, bearing } = this.pose;
    const [s, c] = [Math.sin(bearing * RAD), Math.cos(bearing * RAD)];
    this.move({ x: x + right * c + ahead * s, y: y + ahead * c - right * s });
  }

  zoom(factor) {
    this.move({ distance: this.pose.distance * factor });
  }

  /** Places the camera for a view of this aspect. */
  apply(aspect) {
    const { x, y, z, distance, bearing, tilt } = this.pose;
    const flat = Math.cos(tilt * RAD);
    const camera = this.object;
    camera.position.set(
      x - distance * flat * Math.sin(bearing * RAD),
      y - distance * flat * Math.cos(bearing * RAD),
      z + distance * Math.sin(tilt * RAD),
    );
    // Straight from above the view's own direction is up.
    if (tilt > 89.9) camera.up.set(Math.sin(bearing * RAD), Math.cos(bearing * RAD), 0);
    else camera.up.set(0, 0, 1);
    camera.lookAt(x, y, z);
    camera.aspect = aspect;
    camera.fov = aspect < 1 ? (2 / RAD) * Math.atan(Math.tan(19 * RAD) / Math.max(aspect, 0.6)) : 38;
    camera.near = Math.max(distance / 60, 0.5);
    camera.far = distance + this.radius * 8 + 500;
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    return camera;
  }

  /** The ray through a point of a view, from -1 to 1 both ways. */
  ray(u, v, aspect) {
    const camera = this.apply(aspect);
    const far = new Vector3(u, v, 0.5).unproject(camera);
    return { from: camera.position.clone(), way: far.sub(camera.position).normalize() };
  }

  listen() {
    const { canvas } = this;
    const pointers = new Map();
    let dragged = 0;
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 1) dragged = 0;
    });
    const release = (event) => pointers.delete(event.pointerId);
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) return;
      const dx = event.clientX - last.x;
      const dy = event.clientY - last.y;
      dragged += Math.abs(dx) + Math.abs(dy);
      const metre = (this.pose.distance * 0.7) / canvas.clientHeight;
      if (pointers.size === 2) {
        const [a, b] = [...pointers.values()];
        const before = Math.hypot(a.x - b.x, a.y - b.y);
        last.x = event.clientX;
        last.y = event.clientY;
        const after = Math.hypot(a.x - b.x, a.y - b.y);
        if (after > 1) this.zoom(before / after);
        this.pan((-dx / 2) * metre, ((dy / 2) * metre) / Math.max(Math.sin(this.pose.tilt * RAD), 0.25));
        return;
      }
      last.x = event.clientX;
      last.y = event.clientY;
      if (event.buttons & 2 || event.shiftKey || event.buttons & 4) {
        this.pan(-dx * metre, (dy * metre) / Math.max(Math.sin(this.pose.tilt * RAD), 0.25));
      } else this.move({ bearing: this.pose.bearing + dx * 0.3, tilt: this.pose.tilt + dy * 0.25 });
    });
    this.wasDragged = () => dragged > 5;
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.zoom(Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 120) * 0.0014));
      },
      { passive: false },
    );
  }

  /** Keys while the scene has the focus; tells whether it took the key. */
  key(event) {
    const far = this.pose.distance * 0.06;
    const acts = {
      ArrowLeft: () => (event.shiftKey ? this.move({ bearing: this.pose.bearing + 5 }) : this.pan(-far, 0)),
      ArrowRight: () => (event.shiftKey ? this.move({ bearing: this.pose.bearing - 5 }) : this.pan(far, 0)),
      ArrowUp: () => (event.shiftKey ? this.move({ tilt: this.pose.tilt + 4 }) : this.pan(0, far)),
      ArrowDown: () => (event.shiftKey ? this.move({ tilt: this.pose.tilt - 4 }) : this.pan(0, -far)),
      "+": () => this.zoom(0.87),
      "=": () => this.zoom(0.87),
      "-": () => this.zoom(1.15),
      Home: () => this.home(),
      h: () => this.home(),
      t: () => this.top(),
      n: () => this.go({ bearing: 0 }),
    };
    const act = acts[event.key];
    if (!act) return false;
    act();
    return true;
  }
}
