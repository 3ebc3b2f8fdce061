// Draws the scene: one or two views with one camera, a shadow map for each set that is shown.

import {
  CustomBlending,
  DepthTexture,
  DoubleSide,
  FloatType,
  FrontSide,
  GLSL3,
  LessEqualCompare,
  LinearFilter,
  LinearSRGBColorSpace,
  Matrix4,
  Mesh,
  NoColorSpace,
  OneFactor,
  OneMinusSrcAlphaFactor,
  OrthographicCamera,
  RawShaderMaterial,
  RedFormat,
  Scene,
  SrcAlphaFactor,
  BufferAttribute,
  BufferGeometry,
  Vector2,
  Vector3,
  WebGLRenderer,
  WebGLRenderTarget,
  ZeroFactor,
} from "three";
import { topGeometry, wallGeometry } from "./bodies.js";
import { groundGeometry, pipeGeometry } from "./ground.js";
import * as glsl from "./shaders.js";

const linear = (hex) => new Vector3(...[16, 8, 0].map((shift) => (((hex >> shift) & 255) / 255) ** 2.2));

export class View {
  constructor(canvas, model, looks, caps, camera) {
    Object.assign(this, { canvas, model, looks, caps, camera });
    // Without a graphics card each pixel costs: edges stay hard, unless the address asks for fine ones.
    this.plain = software() && !location.hash.includes("fine=1");
    const renderer = new WebGLRenderer({ canvas, antialias: !this.plain, powerPreference: "high-performance" });
    renderer.outputColorSpace = LinearSRGBColorSpace;
    renderer.autoClear = false;
    renderer.info.autoReset = false;
    renderer.sortObjects = true;
    this.renderer = renderer;
    const samples = renderer.getContext().getParameter(renderer.getContext().SAMPLES);
    this.uniforms = {
      uEye: { value: new Vector3() },
      uPlane: { value: new Vector3() },
      uCut: { value: 0 },
      uPixel: { value: 0.001 },
      uState: { value: looks.textures[0] },
      uMarked: { value: new Vector2(-1, -1) },
      uStoreys: { value: 1 },
      uUnderground: { value: 0 },
      uGround: { value: 1 },
      uSun: { value: new Vector3(0, 0, 1) },
      uSunColour: { value: new Vector3() },
      uSkyLight: { value: new Vector3() },
      uGroundLight: { value: new Vector3() },
      uFog: { value: new Vector3() },
      uZenith: { value: new Vector3() },
      uFogDistance: { value: 1000 },
      uShadow: { value: null },
      uShadowMatrix: { value: new Matrix4() },
      uShadowTexel: { value: 0.5 },
      uShadows: { value: 0 },
      uSoft: { value: this.plain ? 0 : 1 },
      uBacks: { value: 0 },
      uDither: { value: samples > 1 ? 0 : 1 },
      uDepth: { value: model.waterParts?.depths ?? null },
      uBed: { value: model.waterParts?.beds ?? null },
      uStep: { value: 0 },
      uScale: { value: model.water?.scale ?? 1 },
      uUnproject: { value: new Matrix4() },
    };
    this.build(samples > 1);
    this.shadows = new Map();
    this.views = [{ set: 0, x: 0, width: 1 }];
    this.shadowDraws = 0;
    this.stats = { calls: 0, triangles: 0, views: 1 };
  }

  material(vertexShader, fragmentShader, options = {}) {
    return new RawShaderMaterial({ glslVersion: GLSL3, vertexShader, fragmentShader, uniforms: this.uniforms, side: DoubleSide, ...options });
  }

  build(smooth) {
    const { model } = this;
    this.scene = new Scene();
    const add = (geometry, material, order) => {
      const mesh = new Mesh(geometry, material);
      mesh.frustumCulled = false;
      mesh.renderOrder = order;
      mesh.matrixAutoUpdate = false;
      this.scene.add(mesh);
      return mesh;
    };
    const glass = {
      transparent: true,
      depthWrite: false,
      blending: CustomBlending,
      blendSrc: SrcAlphaFactor,
      blendDst: OneMinusSrcAlphaFactor,
      blendSrcAlpha: ZeroFactor,
      blendDstAlpha: OneFactor,
    };
    // A see-through building covers a share of a pixel's samples: nothing need be sorted, nor drawn again.
    // The picture's own alpha stays 1, else the page would shine through.
    const solid = {
      alphaToCoverage: smooth,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: ZeroFactor,
      blendSrcAlpha: ZeroFactor,
      blendDstAlpha: OneFactor,
    };
    const corners = new BufferGeometry();
    corners.setAttribute("corner", new BufferAttribute(new Float32Array([-1, -1, 3, -1, -1, 3]), 2));
    corners.setIndex([0, 1, 2]);
    this.sky = add(corners, this.material(glsl.skyVertex, glsl.skyFragment, { depthTest: false, depthWrite: false }), -1);
    const walls = wallGeometry(model.bodies);
    const tops = topGeometry(model.bodies);
    this.walls = add(walls, this.material(glsl.wallVertex, glsl.bodyFragment, solid), 1);
    this.tops = add(tops, this.material(glsl.topVertex, glsl.bodyFragment, solid), 1);
    this.capMesh = add(this.caps.geometry, this.material(glsl.capVertex, glsl.capFragment, solid), 2);
    if (model.pipes.length) {
      this.pipes = add(pipeGeometry(model.pipes, model.pipeColour), this.material(glsl.pipeVertex, glsl.pipeFragment), 1);
    }
    const surface = groundGeometry(model.ground, model.bottom);
    this.groundSolid = this.material(glsl.terrainVertex, glsl.terrainFragment, { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 });
    this.groundGlass = this.material(glsl.terrainVertex, glsl.terrainFragment, { ...glass, side: FrontSide });
    this.ground = add(surface, this.groundSolid, 3);
    if (model.waterParts) {
      this.water = add(model.waterParts.geometry, this.material(glsl.waterVertex, glsl.waterFragment, glass), 4);
    }
    // Walls fold no distance into shadows: both sides cast.
    this.casters = [
      [this.walls, this.material(glsl.wallVertex, glsl.bodyDepthFragment)],
      [this.tops, this.material(glsl.topVertex, glsl.bodyDepthFragment)],
      [this.ground, this.material(glsl.terrainVertex, glsl.depthFragment)],
    ];
    this.sunCamera = new OrthographicCamera();
  }

  resize() {
    const ratio = this.plain ? 1 : Math.min(window.devicePixelRatio || 1, 2);
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (this.width === width && this.height === height && this.ratio === ratio) return;
    Object.assign(this, { width, height, ratio });
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
  }

  /** Where the sun stands: a unit vector. Shadow maps are drawn again with the next picture. */
  setSun(vector, shadows) {
    const u = this.uniforms;
    u.uSun.value.set(...vector);
    const up = vector[2];
    const day = Math.min(Math.max((up + 0.08) / 0.3, 0), 1);
    const warm = Math.min(Math.max((up - 0.02) / 0.4, 0), 1);
    const mix = (a, b, t) => a.clone().lerp(b, t);
    u.uSunColour.value.copy(mix(linear(0xffb877), linear(0xfff4e3), warm)).multiplyScalar(up > 0 ? 1.15 * Math.min(up / 0.12, 1) : 0);
    u.uSkyLight.value.copy(mix(linear(0x3a4a66), linear(0xbcc9da), day)).multiplyScalar(1);
    u.uGroundLight.value.copy(mix(linear(0x23262e), linear(0x8d8879), day));
    u.uFog.value.copy(mix(linear(0x2d3a52), linear(0xdfe8ee), day));
    u.uZenith.value.copy(mix(linear(0x0f1a30), linear(0x8db4d9), day));
    this.wantShadows = shadows && up > 0.005;
    this.dropShadows();
  }

  /** Shadows are drawn anew: the sun moved, or what stands has changed. */
  dropShadows() {
    for (const shadow of this.shadows.values()) shadow.stale = true;
  }

  shadowOf(set) {
    let shadow = this.shadows.get(set);
    if (!shadow) {
      const limit = this.renderer.capabilities.maxTextureSize;
      const size = Math.min(limit, this.plain || Math.min(screen.width, screen.height) < 500 ? 2048 : 4096);
      const target = new WebGLRenderTarget(size, size, { format: RedFormat, depthBuffer: true });
      target.texture.generateMipmaps = false;
      target.texture.colorSpace = NoColorSpace;
      const depth = new DepthTexture(size, size, FloatType);
      depth.compareFunction = LessEqualCompare;
      depth.minFilter = depth.magFilter = LinearFilter;
      target.depthTexture = depth;
      shadow = { target, matrix: new Matrix4(), texel: 1, stale: true };
      this.shadows.set(set, shadow);
    }
    if (shadow.stale) this.drawShadow(set, shadow);
    return shadow;
  }

  drawShadow(set, shadow) {
    const u = this.uniforms;
    const camera = this.sunCamera;
    const [west, south, east, north, low, high] = this.model.box;
    const middle = new Vector3((west + east) / 2, (south + north) / 2, (low + high) / 2);
    const far = Math.hypot(east - west, north - south, high - low);
    camera.up.set(0, u.uSun.value.z > 0.999 ? 1 : 0, u.uSun.value.z > 0.999 ? 0 : 1);
    camera.position.copy(middle).addScaledVector(u.uSun.value, far);
    camera.lookAt(middle);
    camera.updateMatrixWorld();
    const reach = [Infinity, -Infinity, Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < 8; i++) {
      const corner = new Vector3(i & 1 ? east : west, i & 2 ? north : south, i & 4 ? high : low).applyMatrix4(camera.matrixWorldInverse);
      [corner.x, corner.y, -corner.z].forEach((value, k) => {
        reach[2 * k] = Math.min(reach[2 * k], value);
        reach[2 * k + 1] = Math.max(reach[2 * k + 1], value);
      });
    }
    camera.left = reach[0] - 2;
    camera.right = reach[1] + 2;
    camera.bottom = reach[2] - 2;
    camera.top = reach[3] + 2;
    camera.near = Math.max(reach[4] - 5, 0.1);
    camera.far = reach[5] + 5;
    camera.updateProjectionMatrix();
    shadow.matrix.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    shadow.texel = Math.max(camera.right - camera.left, camera.top - camera.bottom) / shadow.target.width;
    shadow.stale = false;
    u.uState.value = this.looks.textures[set];
    u.uShadow.value = null;
    const hidden = [];
    for (const mesh of this.scene.children) {
      if (mesh.visible && !this.casters.some(([caster]) => caster === mesh)) {
        mesh.visible = false;
        hidden.push(mesh);
      }
    }
    const kept = this.casters.map(([mesh, material]) => {
      const old = mesh.material;
      mesh.material = material;
      return [mesh, old];
    });
    // Basements cast no shadow that the ground would not; left out they save a third of the work.
    const underground = u.uUnderground.value;
    u.uUnderground.value = 0;
    this.renderer.setScissorTest(false);
    this.renderer.setRenderTarget(shadow.target);
    this.renderer.clear();
    this.renderer.render(this.scene, camera);
    this.renderer.setRenderTarget(null);
    u.uUnderground.value = underground;
    for (const [mesh, old] of kept) mesh.material = old;
    for (const mesh of hidden) mesh.visible = true;
    this.shadowDraws++;
  }

  draw() {
    this.resize();
    const { renderer, uniforms: u } = this;
    if (!this.width || !this.height) return;
    const shadows = this.views.map(({ set }) => (this.wantShadows ? this.shadowOf(set) : null));
    this.ground.material = u.uGround.value < 0.995 ? this.groundGlass : this.groundSolid;
    this.ground.visible = u.uGround.value > 0.005;
    renderer.info.reset();
    renderer.setScissorTest(true);
    this.views.forEach((view, i) => {
      const x = Math.round(view.x * this.width);
      const width = Math.round((view.x + view.width) * this.width) - x;
      const whole = this.swiped ? [0, this.width] : [x, width];
      const camera = this.camera.apply(whole[1] / this.height);
      u.uEye.value.copy(camera.position);
      u.uPixel.value = (2 * Math.tan((camera.fov * Math.PI) / 360)) / (this.height * this.ratio);
      u.uFogDistance.value = this.camera.radius * 5 + this.camera.pose.distance * 1.6;
      u.uUnproject.value.multiplyMatrices(camera.matrixWorld, camera.projectionMatrixInverse);
      u.uState.value = this.looks.textures[view.set];
      u.uShadows.value = shadows[i] ? 1 : 0;
      const shadow = shadows[i] ?? [...this.shadows.values()][0] ?? null;
      u.uShadow.value = shadow?.target.depthTexture ?? this.emptyDepth();
      if (shadow) {
        u.uShadowMatrix.value.copy(shadow.matrix);
        u.uShadowTexel.value = shadow.texel;
      }
      renderer.setViewport(whole[0], 0, whole[1], this.height);
      renderer.setScissor(x, 0, width, this.height);
      renderer.clear();
      renderer.render(this.scene, camera);
    });
    const { calls, triangles } = renderer.info.render;
    this.stats = { calls, triangles, views: this.views.length };
  }

  /** Stands in while there are no shadows: a sampler of comparisons must have a texture of its kind. */
  emptyDepth() {
    if (!this.empty) {
      const target = new WebGLRenderTarget(1, 1, { depthBuffer: true });
      target.depthTexture = new DepthTexture(1, 1, FloatType);
      target.depthTexture.compareFunction = LessEqualCompare;
      this.renderer.setRenderTarget(target);
      this.renderer.clear();
      this.renderer.setRenderTarget(null);
      this.empty = target;
    }
    return this.empty.depthTexture;
  }

  /** Waits until the graphics card has drawn. */
  finish() {
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }

  /** Pixels in which, and in all eight around, the back of a face is seen: none where all cuts are closed. */
  countBacks() {
    const u = this.uniforms;
    u.uBacks.value = 1;
    this.sky.visible = false;
    this.draw();
    const gl = this.renderer.getContext();
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    const pixels = new Uint8Array(4 * width * height);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    u.uBacks.value = 0;
    this.sky.visible = true;
    this.draw();
    const back = new Uint8Array(width * height);
    for (let i = 0; i < back.length; i++) back[i] = pixels[4 * i] > 200 && pixels[4 * i + 2] > 200 && pixels[4 * i + 1] < 50 ? 1 : 0;
    let backs = 0;
    for (let y = 1; y + 1 < height; y++) {
      for (let x = 1; x + 1 < width; x++) {
        let all = 1;
        for (let k = 0; all && k < 9; k++) all = back[(y + Math.floor(k / 3) - 1) * width + x + (k % 3) - 1];
        backs += all;
      }
    }
    return backs;
  }
}

function software() {
  const gl = document.createElement("canvas").getContext("webgl2");
  const named = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl?.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}
