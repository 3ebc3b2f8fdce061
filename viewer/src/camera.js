// The camera turns round a point on the ground; mouse, touch and keyboard move it.

import { PerspectiveCamera, Vector3 } from "three";

const RAD = Math.PI / 180;
const LOWEST = 1.5;

export class Camera {
  /** `aspect()` is that of a view, `rayAt(x, y)` the ray through a point of the canvas. */
  constructor(canvas, box, { changed, aspect, rayAt }) {
    Object.assign(this, { aspect, rayAt });
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

  /** The box's middle, looked at from the given direction. */
  pose0(bearing, tilt) {
    const { box } = this;
    return { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, z: box[4], distance: this.radius * 2.3, bearing, tilt };
  }

  /** All of the box in the picture, as near as can be. */
  fitted(bearing, tilt) {
    const aspect = this.aspect();
    let pose = this.pose0(bearing, tilt);
    for (let round = 0; round < 4; round++) {
      let [near, far] = [this.radius * 0.3, this.radius * 12];
      for (let i = 0; i < 20; i++) {
        const distance = (near + far) / 2;
        const { left, right, low, high } = this.spread({ ...pose, distance }, aspect);
        if (right - left < 1.88 && high - low < 1.8) far = distance;
        else near = distance;
      }
      pose = { ...pose, distance: far };
      // The box's middle is not that of its picture: near things are large.
      const { left, right, low, high } = this.spread(pose, aspect);
      const metre = pose.distance * Math.tan((this.object.fov * RAD) / 2);
      const ahead = (((low + high) / 2) * metre) / Math.max(Math.sin(tilt * RAD), 0.3);
      const across = ((left + right) / 2) * metre * aspect;
      const [s, c] = [Math.sin(bearing * RAD), Math.cos(bearing * RAD)];
      pose = { ...pose, x: pose.x + across * c + ahead * s, y: pose.y + ahead * c - across * s };
    }
    return pose;
  }

  /** Where the corners of the box lie in the picture of a pose, from -1 to 1. */
  spread(pose, aspect) {
    const kept = this.pose;
    this.pose = pose;
    const camera = this.apply(aspect);
    this.pose = kept;
    const [west, south, east, north, , top] = this.box;
    const found = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
    for (let i = 0; i < 8; i++) {
      const z = i & 4 ? this.box[4] + 0.6 * (top - this.box[4]) : this.box[4];
      const corner = new Vector3(i & 1 ? east : west, i & 2 ? north : south, z).applyMatrix4(camera.matrixWorldInverse);
      if (corner.z > -1) return { left: -9, right: 9, low: -9, high: 9 };
      corner.applyMatrix4(camera.projectionMatrix);
      found.left = Math.min(found.left, corner.x);
      found.right = Math.max(found.right, corner.x);
      found.low = Math.min(found.low, corner.y);
      found.high = Math.max(found.high, corner.y);
    }
    return found;
  }

  homePose() {
    return this.fitted(330, 36);
  }

  home(smooth = true) {
    this.go(this.homePose(), smooth);
  }

  top(smooth = true) {
    this.go(this.fitted(0, 90), smooth);
  }

  /** Flies to a pose, or is there at once where motion is not wanted. */
  go(pose, smooth = true) {
    const target = this.bounded({ ...(this.pose ?? {}), ...pose });
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

  /** Zooms so that the ground under the pointer stays there. */
  zoomAt(factor, x, y) {
    const { from, way } = this.rayAt(x, y);
    const reach = way.z < -0.02 ? (this.pose.z - from.z) / way.z : Infinity;
    const { x: x0, y: y0, distance } = this.pose;
    if (!(reach > 0 && reach < distance * 3)) return this.zoom(factor);
    const share = 1 - this.bounded({ ...this.pose, distance: distance * factor }).distance / distance;
    this.move({ distance: distance * factor, x: x0 + (from.x + way.x * reach - x0) * share, y: y0 + (from.y + way.y * reach - y0) * share });
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
        const factor = Math.exp(Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 120) * 0.0014);
        this.zoomAt(factor, event.offsetX, event.offsetY);
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
