// The words of the page in English and Chinese.

const en = {
  scene: "Scene", skip: "Skip to the scene", panel: "Controls", hidePanel: "Hide the controls", showPanel: "Show the controls",
  sceneKeys: "3D view of the district. Arrow keys move, Shift and arrow keys turn, plus and minus zoom. Press question mark for all keys.",
  loading: "Reading the scene …",
  camera: "Camera", home: "Overview", top: "Top view", zoomIn: "Zoom in", zoomOut: "Zoom out", north: "Turn north up",
  find: "Find a building", findHint: "Name or id", noneFound: "No building has this name or id.", found: "{n} found",
  layers: "What is shown", storeys: "Storeys", underground: "Underground: basements", pipes: "Pipes and tunnels", ground: "Ground: opacity",
  water: "Water", colour: "Colour of buildings", byUse: "Use", byStage: "Stage", plain: "Plain",
  sun: "Sun and shadows", date: "Date", hour: "Hour", shadows: "Shadows", sunAt: "Altitude {altitude}°, azimuth {azimuth}°", night: "The sun is below the horizon.",
  localClock: "Clock of the place, UTC{offset}", waterTime: "Time", play: "Play", pause: "Pause", minutes: "{m} min", hours: "{h} h {m} min",
  deepest: "Depth: light blue is shallow, dark blue 1.6 m and more",
  section: "Section", cut: "Cut the scene", along: "Place of the cut", turn: "Bearing of the cut", face: "Look at the cut", degrees: "{n}°", percent: "{n} %",
  stages: "Stages in time", stageOn: "Show the state at a date", stageDate: "Date of the state",
  planning: "planning", design: "design", construction: "construction", operation: "operation", demolished: "demolished", notYet: "not yet there", noStage: "no stage known",
  standing: "{operation} in operation, {construction} under construction, {planned} planned, {demolished} demolished",
  schemes: "Schemes", today: "Today", single: "One view", side: "Side by side", swipe: "Swipe", left: "Left or only view", right: "Right view", split: "Place of the divider",
  arrangement: "Arrangement",
  building: "Building", use: "Use", height: "Height", storeyCount: "Storeys", below: "{n} below ground", stage: "Stage", id: "Id", unknown: "unknown", close: "Close", unnamed: "without a name",
  scheme: "Belongs to",
  help: "Help", helpTitle: "Keys", helpFocus: "The letters work while the 3D view has the focus: press Tab until it has, or click it.",
  keyMove: "move", keyTurn: "turn and tilt", keyZoom: "zoom", keyHome: "overview", keyTop: "top view", keyNorth: "north up", keyPick: "choose the building in the middle",
  keyStoreys: "storeys on or off", keyUnder: "underground on or off", keyCut: "section on or off", keySwitch: "next arrangement of schemes", keyPlay: "play the water",
  keyLanguage: "English or Chinese", keyEscape: "close what is open", keyHelp: "this list",
  mouse: "Mouse: drag turns, Shift or the right button moves, the wheel zooms. Touch: one finger turns, two move and zoom.",
  save: "Save picture", link: "The address of the page holds the view: copy it to come back here.",
  about: "About", sources: "Sources", crs: "Coordinate system", vertical: "Heights above", count: "{n} buildings",
  noWebgl: "This browser cannot draw the scene, because WebGL 2 is missing or switched off. Open the file in a current version of Firefox, Chrome, Edge or Safari with hardware acceleration on.",
  old: "This browser is too old to unpack the scene. Open the file in a current version of Firefox, Chrome, Edge or Safari.",
  damaged: "The data of this scene are damaged ({part}). Export the scene again, or copy the file again from where it came.",
  lost: "The graphics card has stopped drawing the scene. Load the page again.",
  use_residential: "residential", use_hotel: "hotel", use_office: "office", use_retail: "retail", use_hospital: "hospital", use_school: "school", use_public: "public",
  use_shelter: "shelter", "use_place of worship": "place of worship", "use_sports facility": "sports facility", "use_metro station": "metro station",
  "use_railway station": "railway station", use_railway: "railway", use_parking: "parking", use_road: "road", use_bridge: "bridge", use_tunnel: "tunnel",
  "use_marine facility": "marine facility", use_industrial: "industrial", use_substation: "substation", "use_charging station": "charging station",
  "use_pumping station": "pumping station", use_infrastructure: "infrastructure",
  homes: "Homes and hotels", work: "Work and trade", care: "Health, schools, shelters", traffic: "Traffic", supply: "Supply and industry", other: "Other or unknown use",
};

const zh = {
  scene: "场景", skip: "跳到场景", panel: "控制面板", hidePanel: "隐藏控制面板", showPanel: "显示控制面板",
  sceneKeys: "片区三维视图。方向键平移，Shift 加方向键旋转，加减号缩放。按问号查看全部按键。",
  loading: "正在读取场景……",
  camera: "视角", home: "全景", top: "俯视", zoomIn: "放大", zoomOut: "缩小", north: "正北朝上",
  find: "查找建筑", findHint: "名称或编号", noneFound: "没有这个名称或编号的建筑。", found: "找到 {n} 栋",
  layers: "显示内容", storeys: "楼层", underground: "地下：地下室", pipes: "管线与隧道", ground: "地面不透明度",
  water: "积水", colour: "建筑着色", byUse: "用途", byStage: "阶段", plain: "素色",
  sun: "日照与阴影", date: "日期", hour: "时刻", shadows: "阴影", sunAt: "高度角 {altitude}°，方位角 {azimuth}°", night: "太阳在地平线以下。",
  localClock: "当地时间，UTC{offset}", waterTime: "时间", play: "播放", pause: "暂停", minutes: "{m} 分钟", hours: "{h} 小时 {m} 分钟",
  deepest: "水深：浅蓝为浅，深蓝为 1.6 米及以上",
  section: "剖切", cut: "剖切场景", along: "剖面位置", turn: "剖面方位", face: "正视剖面", degrees: "{n}°", percent: "{n} %",
  stages: "阶段与时间", stageOn: "显示某日的状态", stageDate: "状态日期",
  planning: "规划", design: "设计", construction: "施工", operation: "运营", demolished: "已拆除", notYet: "尚未存在", noStage: "阶段未知",
  standing: "运营 {operation} 栋，施工 {construction} 栋，规划或设计 {planned} 栋，已拆除 {demolished} 栋",
  schemes: "方案", today: "现状", single: "单视图", side: "并排", swipe: "卷帘", left: "左侧或唯一视图", right: "右侧视图", split: "分隔线位置",
  arrangement: "视图方式",
  building: "建筑", use: "用途", height: "高度", storeyCount: "楼层数", below: "地下 {n} 层", stage: "阶段", id: "编号", unknown: "未知", close: "关闭", unnamed: "无名称",
  scheme: "所属方案",
  help: "帮助", helpTitle: "按键", helpFocus: "字母键在三维视图获得焦点时有效：按 Tab 键移到视图，或单击视图。",
  keyMove: "平移", keyTurn: "旋转与俯仰", keyZoom: "缩放", keyHome: "全景", keyTop: "俯视", keyNorth: "正北朝上", keyPick: "选择画面中央的建筑",
  keyStoreys: "开关楼层", keyUnder: "开关地下", keyCut: "开关剖切", keySwitch: "切换方案视图方式", keyPlay: "播放积水过程",
  keyLanguage: "切换中英文", keyEscape: "关闭打开的内容", keyHelp: "本列表",
  mouse: "鼠标：拖动旋转，按住 Shift 或右键拖动平移，滚轮缩放。触屏：单指旋转，双指平移和缩放。",
  save: "保存图片", link: "网页地址记录当前视图：复制地址即可返回此处。",
  about: "关于", sources: "数据来源", crs: "坐标系", vertical: "高程基准", count: "{n} 栋建筑",
  noWebgl: "此浏览器无法绘制场景：缺少 WebGL 2 或已被关闭。请用新版 Firefox、Chrome、Edge 或 Safari 打开，并启用硬件加速。",
  old: "此浏览器版本过旧，无法解压场景。请用新版 Firefox、Chrome、Edge 或 Safari 打开。",
  damaged: "场景数据已损坏（{part}）。请重新导出场景，或重新复制文件。",
  lost: "显卡已停止绘制场景。请重新加载网页。",
  use_residential: "住宅", use_hotel: "酒店", use_office: "办公", use_retail: "商业", use_hospital: "医院", use_school: "学校", use_public: "公共",
  use_shelter: "避难场所", "use_place of worship": "宗教场所", "use_sports facility": "体育设施", "use_metro station": "地铁站",
  "use_railway station": "火车站", use_railway: "铁路", use_parking: "停车", use_road: "道路", use_bridge: "桥梁", use_tunnel: "隧道",
  "use_marine facility": "港口设施", use_industrial: "工业", use_substation: "变电站", "use_charging station": "充电站",
  "use_pumping station": "泵站", use_infrastructure: "基础设施",
  homes: "住宅与酒店", work: "办公与商业", care: "医疗、教育与避难", traffic: "交通", supply: "供应与工业", other: "其他或未知用途",
};

export const TEXTS = { en, zh };

/** The sentence of a key, with its {places} filled. */
export function say(language, key, values = {}) {
  const sentence = TEXTS[language]?.[key] ?? en[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A use or the name of a system as people say it; what is not known stays as it came. */
export function sayUse(language, use) {
  if (!use) return say(language, "unknown");
  return TEXTS[language][`use_${use}`] ?? use;
}
