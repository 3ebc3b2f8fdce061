// The programs of the graphics card. Colours are linear in them and leave as sRGB.

const COMMON = `
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DShadow;
precision highp sampler2DArray;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec3 uEye;
uniform vec3 uPlane;       // bearing's x and y, distance: what lies beyond is cut away
uniform float uCut;        // 1 while the section shows
uniform float uPixel;      // metres that a pixel covers at a distance of one metre
`;

const STATE = `
uniform sampler2D uState;  // of each building: colour, and 0 hidden, 1 solid, between them see-through
uniform vec2 uMarked;      // the buildings under the pointer and chosen, -1 for none
vec4 stateOf(float owner) {
  int place = int(owner + 0.5);
  vec4 state = texelFetch(uState, ivec2(place & 1023, place >> 10), 0);
  return vec4(pow(state.rgb, vec3(2.2)), state.a);
}
vec3 markedColour(vec3 colour, float owner) {
  if (abs(owner - uMarked.y) < 0.5) return mix(colour, vec3(0.95, 0.33, 0.03), 0.72);
  if (abs(owner - uMarked.x) < 0.5) return mix(colour, vec3(0.95, 0.45, 0.08), 0.42);
  return colour;
}
`;

const LIGHT = `
uniform vec3 uSun;
uniform vec3 uSunColour;
uniform vec3 uSkyLight;
uniform vec3 uGroundLight;
uniform vec3 uFog;
uniform float uFogDistance;
uniform sampler2DShadow uShadow;
uniform mat4 uShadowMatrix;
uniform float uShadowTexel; // metres
uniform float uShadows;     // 1 where there is a map
uniform float uSoft;        // 1 softens its edge
uniform float uBacks;       // 1 paints the back of faces, for tests
float sunlit(vec3 p, vec3 n) {
  float facing = dot(n, uSun);
  if (facing <= 0.0 || uSun.z <= 0.0) return 0.0;
  if (uShadows < 0.5) return facing;
  float slope = clamp(sqrt(1.0 - facing * facing) / max(facing, 0.1), 0.0, 4.0);
  vec3 at = p + n * uShadowTexel * (0.6 + 0.9 * slope) + uSun * uShadowTexel * 0.8;
  vec4 s = uShadowMatrix * vec4(at, 1.0);
  vec3 c = s.xyz / s.w * 0.5 + 0.5;
  if (any(lessThan(c, vec3(0.0))) || any(greaterThan(c, vec3(1.0)))) return facing;
  if (uSoft < 0.5) return facing * texture(uShadow, c);
  vec2 texel = 0.75 / vec2(textureSize(uShadow, 0));
  float sum = texture(uShadow, vec3(c.xy + texel * vec2(-1.0, -0.4), c.z)) + texture(uShadow, vec3(c.xy + texel * vec2(0.4, -1.0), c.z));
  sum += texture(uShadow, vec3(c.xy + texel * vec2(1.0, 0.4), c.z)) + texture(uShadow, vec3(c.xy + texel * vec2(-0.4, 1.0), c.z));
  return facing * sum * 0.25;
}
vec3 shaded(vec3 albedo, vec3 p, vec3 n) {
  vec3 light = mix(uGroundLight, uSkyLight, 0.5 + 0.5 * n.z) + uSunColour * sunlit(p, n);
  return albedo * light;
}
vec3 finished(vec3 colour, vec3 p) {
  float far = length(p - uEye) / uFogDistance;
  colour = mix(colour, uFog, 1.0 - exp(-far * far));
  colour = colour / (1.0 + 0.12 * dot(colour, vec3(0.3333)));
  return pow(clamp(colour, 0.0, 1.0), vec3(1.0 / 2.2));
}
`;

const BODY_SHOWN = `
uniform float uStoreys;
uniform float uUnderground;
`;

export const wallVertex = `${COMMON}${STATE}${BODY_SHOWN}
in vec2 corner;   // 0 or 1 along the edge, 0 or 1 up
in vec4 edge;
in vec3 span;     // base, top, base while storeys are drawn
in vec2 who;      // building, kind
out vec3 vPoint;
out vec3 vNormal;
out vec4 vState;
out vec3 vWall;   // height above the base, height of the body, kind
out float vOwner;
void main() {
  vState = stateOf(who.x);
  float base = uStoreys > 0.5 ? span.z : span.x;
  bool shown = who.y < 0.5 ? base < span.y : who.y < 1.5 ? uStoreys > 0.5 : uUnderground > 0.5;
  float height = span.y - base;
  vPoint = vec3(mix(edge.xy, edge.zw, corner.x), base + height * corner.y);
  vec2 along = edge.zw - edge.xy;
  vNormal = vec3(normalize(vec2(along.y, -along.x) + vec2(1e-9, 0.0)), 0.0);
  vWall = vec3(height * corner.y, height, who.y);
  vOwner = who.x;
  gl_Position = shown && vState.a > 0.0 ? projectionMatrix * viewMatrix * vec4(vPoint, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}`;

export const topVertex = `${COMMON}${STATE}${BODY_SHOWN}
in vec4 place;    // x, y, z, 1 up or -1 down
in vec2 who;      // building, kind: 3 a body's roof while storeys are not drawn, 4 an underside while they are
out vec3 vPoint;
out vec3 vNormal;
out vec4 vState;
out vec3 vWall;
out float vOwner;
void main() {
  vState = stateOf(who.x);
  bool shown = who.y < 0.5 ? true : who.y < 1.5 ? uStoreys > 0.5 : who.y < 2.5 ? uUnderground > 0.5
    : who.y < 3.5 ? uStoreys < 0.5 : uStoreys > 0.5;
  vPoint = place.xyz;
  vNormal = vec3(0.0, 0.0, place.w);
  vWall = vec3(-1.0, -1.0, who.y);
  vOwner = who.x;
  gl_Position = shown && vState.a > 0.0 ? projectionMatrix * viewMatrix * vec4(vPoint, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}`;

export const bodyFragment = `${COMMON}${STATE}${LIGHT}
uniform float uDither;
in vec3 vPoint;
in vec3 vNormal;
in vec4 vState;
in vec3 vWall;
in float vOwner;
out vec4 result;
const float BAYER[16] = float[16](0.5, 8.5, 2.5, 10.5, 12.5, 4.5, 14.5, 6.5, 3.5, 11.5, 1.5, 9.5, 15.5, 7.5, 13.5, 5.5);
void main() {
  if (uCut > 0.5 && dot(vPoint.xy, uPlane.xy) > uPlane.z) discard;
  if (uDither > 0.5 && vState.a < 0.99) {
    ivec2 pixel = ivec2(gl_FragCoord.xy) & 3;
    if (vState.a < BAYER[pixel.y * 4 + pixel.x] / 16.0) discard;
  }
  if (uBacks > 0.5) {
    result = gl_FrontFacing ? vec4(0.0, 0.0, 0.0, 1.0) : vec4(1.0, 0.0, 1.0, 1.0);
    return;
  }
  vec3 normal = normalize(vNormal);
  vec3 albedo = vState.rgb;
  if (vWall.z > 1.5 && vWall.z < 2.5) albedo = mix(albedo, vec3(0.30, 0.22, 0.55), 0.6);
  if (vWall.z > 0.5 && vWall.z < 1.5 && vWall.x >= 0.0) {
    float metre = length(vPoint - uEye) * uPixel;
    float near = 1.0 - smoothstep(0.25, 0.9, metre);
    float glass = smoothstep(0.75, 0.95, vWall.x) * (1.0 - smoothstep(vWall.y - 0.75, vWall.y - 0.55, vWall.x));
    albedo *= 1.0 - 0.17 * glass * near;
    float line = 1.0 - smoothstep(0.0, max(0.16, 1.2 * metre), vWall.x);
    albedo *= 1.0 - 0.38 * line * near;
  }
  albedo = markedColour(albedo, vOwner);
  vec3 colour = shaded(albedo, vPoint, normal);
  if (vWall.z < 0.5 && vWall.x >= 0.0) colour *= mix(0.82, 1.0, smoothstep(0.0, 9.0, vWall.x));
  result = vec4(finished(colour, vPoint), vState.a);
}`;

export const depthFragment = `
precision highp float;
out vec4 result;
void main() { result = vec4(1.0); }`;

export const bodyDepthFragment = `
precision highp float;
in vec4 vState;
out vec4 result;
void main() { if (vState.a < 0.99) discard; result = vec4(1.0); }`;

export const terrainVertex = `${COMMON}
in vec3 position;
in vec3 normal;
out vec3 vPoint;
out vec3 vNormal;
void main() {
  vPoint = position;
  vNormal = normal;
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
}`;

export const terrainFragment = `${COMMON}${LIGHT}
uniform float uGround;
in vec3 vPoint;
in vec3 vNormal;
out vec4 result;
void main() {
  if (uCut > 0.5 && dot(vPoint.xy, uPlane.xy) > uPlane.z) discard;
  if (uBacks > 0.5) {
    result = gl_FrontFacing ? vec4(0.0, 0.0, 0.0, 1.0) : vec4(1.0, 0.0, 1.0, 1.0);
    return;
  }
  vec3 normal = normalize(vNormal);
  vec3 albedo = mix(vec3(0.30, 0.25, 0.19), vec3(0.50, 0.51, 0.42), smoothstep(0.3, 0.9, normal.z));
  if (!gl_FrontFacing) albedo *= 0.6;
  result = vec4(finished(shaded(albedo, vPoint, normal), vPoint), uGround);
}`;

export const waterVertex = `${COMMON}
uniform sampler2DArray uDepth;
uniform float uStep;
uniform float uScale;
in vec3 position;  // the ground at the cell's centre
in vec2 cell;
out vec3 vPoint;
out float vDepth;
float depthAt(ivec2 at) {
  ivec3 size = textureSize(uDepth, 0);
  if (at.x < 0 || at.y < 0 || at.x >= size.x || at.y >= size.y) return 0.0;
  int first = int(floor(uStep));
  int next = min(first + 1, size.z - 1);
  float a = texelFetch(uDepth, ivec3(at, first), 0).r;
  float b = texelFetch(uDepth, ivec3(at, next), 0).r;
  return mix(a, b, uStep - float(first)) * 255.0 * uScale;
}
uniform sampler2D uBed;
void main() {
  ivec2 at = ivec2(cell + 0.5);
  float depth = depthAt(at);
  float level = position.z + depth;
  if (depth < 0.01) {
    // The water of wet neighbours goes on level until it meets the ground.
    float sum = 0.0;
    float count = 0.0;
    ivec2 last = textureSize(uBed, 0) - 1;
    for (int i = -1; i <= 1; i++) for (int j = -1; j <= 1; j++) {
      ivec2 beside = at + ivec2(i, j);
      float other = depthAt(beside);
      if (other < 0.01) continue;
      sum += texelFetch(uBed, clamp(beside, ivec2(0), last), 0).r + other;
      count += 1.0;
    }
    if (count > 0.0) level = min(sum / count, position.z);
  }
  vDepth = level - position.z;
  vPoint = vec3(position.xy, max(level, position.z - 3.0));
  gl_Position = projectionMatrix * viewMatrix * vec4(vPoint, 1.0);
  gl_Position.z -= 2e-5 * gl_Position.w;
}`;

export const waterFragment = `${COMMON}${LIGHT}
in vec3 vPoint;
in float vDepth;
out vec4 result;
void main() {
  if (vDepth < 0.02) discard;
  if (uCut > 0.5 && dot(vPoint.xy, uPlane.xy) > uPlane.z) discard;
  if (uBacks > 0.5) discard;
  vec3 shallow = vec3(0.30, 0.60, 0.80);
  vec3 deep = vec3(0.02, 0.15, 0.42);
  float t = clamp(vDepth / 1.6, 0.0, 1.0);
  vec3 albedo = mix(shallow, deep, sqrt(t));
  vec3 toEye = normalize(uEye - vPoint);
  float shine = pow(max(dot(normalize(toEye + uSun), vec3(0.0, 0.0, 1.0)), 0.0), 90.0) * step(0.0, uSun.z);
  vec3 colour = shaded(albedo, vPoint, vec3(0.0, 0.0, 1.0)) + uSunColour * shine * 0.25;
  result = vec4(finished(colour, vPoint), mix(0.72, 0.93, t) * smoothstep(0.02, 0.06, vDepth));
}`;

export const pipeVertex = `${COMMON}
in vec2 ring;      // turn in radians, 0 or 1 along
in vec3 start;
in vec3 end;
in float radius;
in vec3 colour;
out vec3 vPoint;
out vec3 vNormal;
out vec3 vColour;
void main() {
  vec3 axis = normalize(end - start + vec3(0.0, 0.0, 1e-6));
  vec3 side = abs(axis.z) > 0.9 ? vec3(1.0, 0.0, 0.0) : vec3(0.0, 0.0, 1.0);
  vec3 u = normalize(cross(axis, side));
  vec3 v = cross(axis, u);
  vNormal = u * cos(ring.x) + v * sin(ring.x);
  vec3 centre = mix(start, end, ring.y);
  float r = max(radius, length(centre - uEye) * uPixel * 1.1);
  vPoint = centre + vNormal * r + axis * (ring.y - 0.5) * r * 0.6;
  vColour = pow(colour, vec3(2.2));
  gl_Position = projectionMatrix * viewMatrix * vec4(vPoint, 1.0);
}`;

export const pipeFragment = `${COMMON}${LIGHT}
in vec3 vPoint;
in vec3 vNormal;
in vec3 vColour;
out vec4 result;
void main() {
  if (uCut > 0.5 && dot(vPoint.xy, uPlane.xy) > uPlane.z) discard;
  if (uBacks > 0.5) { result = vec4(0.0, 0.0, 0.0, 1.0); return; }
  vec3 n = normalize(vNormal);
  float light = 0.62 + 0.38 * n.z + 0.25 * max(dot(n, normalize(uEye - vPoint)), 0.0);
  result = vec4(finished(vColour * light, vPoint), 1.0);
}`;

export const capVertex = `${COMMON}${STATE}
in vec2 corner;
in vec2 reach;     // along the plane, from and to
in vec3 level;     // bottom, top at the start, top at the end
in vec2 who;       // building (or a packed colour of a pipe), kind: 3 ground, 4 water, 5 pipe
out vec2 vCorner;
out vec2 vSize;
out vec3 vPoint;
out float vKind;
out float vOwner;
out vec4 vState;
void main() {
  vKind = who.y;
  vOwner = who.y < 2.5 ? who.x : -9.0;
  vState = vec4(0.0, 0.0, 0.0, 1.0);
  if (who.y < 2.5) vState = stateOf(who.x);
  else if (who.y > 4.5) {
    float packed = who.x;
    vState.rgb = pow(vec3(mod(floor(packed / 65536.0), 256.0), mod(floor(packed / 256.0), 256.0), mod(packed, 256.0)) / 255.0, vec3(2.2));
  }
  float top = mix(level.y, level.z, corner.x);
  float t = mix(reach.x, reach.y, corner.x);
  vPoint = vec3(uPlane.xy * uPlane.z + vec2(-uPlane.y, uPlane.x) * t, mix(level.x, top, corner.y));
  vCorner = corner;
  vSize = vec2(reach.y - reach.x, top - level.x);
  // What is drawn on the cut ground stands a little before it.
  float before = who.y < 2.5 ? 2.0 : who.y < 3.5 ? 0.5 : who.y < 4.5 ? 1.0 : 3.0;
  vec3 at = vPoint + vec3(uPlane.xy, 0.0) * before * 1.5e-4 * length(vPoint - uEye);
  gl_Position = vState.a > 0.0 ? projectionMatrix * viewMatrix * vec4(at, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}`;

export const capFragment = `${COMMON}${STATE}${LIGHT}
in vec2 vCorner;
in vec2 vSize;
in vec3 vPoint;
in float vKind;
in float vOwner;
in vec4 vState;
out vec4 result;
void main() {
  if (vKind > 4.5) {
    vec2 c = vCorner * 2.0 - 1.0;
    if (dot(c, c) > 1.0) discard;
  }
  if (uBacks > 0.5) { result = vec4(0.0, 0.0, 0.0, 1.0); return; }
  float metre = length(vPoint - uEye) * uPixel;
  vec2 inside = min(vCorner, 1.0 - vCorner) * vSize;
  vec3 colour;
  if (vKind < 2.5) {
    colour = vKind > 1.5 ? mix(vState.rgb, vec3(0.42, 0.32, 0.66), 0.75) : mix(vState.rgb, vec3(0.86, 0.80, 0.72), 0.25);
    colour = markedColour(colour, vOwner) * 0.86;
    float width = clamp(1.3 * metre, 0.12, 0.6);
    float line = 1.0 - smoothstep(width * 0.6, width, min(inside.x, inside.y));
    colour = mix(colour, vec3(0.035, 0.035, 0.045), line * 0.85);
  } else if (vKind < 3.5) {
    float across = vPoint.z + dot(vPoint.xy, vec2(-uPlane.y, uPlane.x));
    float gap = 4.0 * exp2(max(0.0, floor(log2(max(metre * 3.0, 1.0)))));
    float hatch = smoothstep(0.0, 0.08, abs(fract(across / gap) - 0.5) - 0.42);
    colour = vec3(0.27, 0.21, 0.15) * (1.0 - 0.22 * hatch);
  } else if (vKind < 4.5) colour = vec3(0.02, 0.17, 0.48);
  else colour = vState.rgb * 0.9;
  result = vec4(finished(colour, vPoint), vState.a);
}`;

export const skyVertex = `
precision highp float;
in vec2 corner;
out vec2 vCorner;
void main() { vCorner = corner; gl_Position = vec4(corner, 0.9999, 1.0); }`;

export const skyFragment = `
precision highp float;
uniform mat4 uUnproject;
uniform vec3 uEye;
uniform vec3 uSun;
uniform vec3 uFog;
uniform vec3 uZenith;
in vec2 vCorner;
out vec4 result;
void main() {
  vec4 far = uUnproject * vec4(vCorner, 1.0, 1.0);
  vec3 ray = normalize(far.xyz / far.w - uEye);
  vec3 colour = mix(uFog, uZenith, pow(clamp(ray.z, 0.0, 1.0), 0.6));
  float glow = max(dot(ray, uSun), 0.0);
  colour += vec3(1.0, 0.86, 0.62) * (0.10 * pow(glow, 24.0) + 0.5 * pow(glow, 1500.0)) * step(0.0, uSun.z);
  result = vec4(pow(clamp(colour, 0.0, 1.0), vec3(1.0 / 2.2)), 1.0);
}`;
