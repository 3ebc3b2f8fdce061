<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AfterFlood</name>
    <message>
        <source>Basements in this flood</source>
        <translation>本次内涝中的地下空间</translation>
    </message>
    <message>
        <source>Nearest stored flood</source>
        <translation>最接近的已存洪水模拟</translation>
    </message>
</context>
<context>
    <name>Animation</name>
    <message>
        <source>This result has no times: simulate again with an output step.</source>
        <translation>该结果不含时间信息：请设置输出步长后重新模拟。</translation>
    </message>
    <message>
        <source>{time} after the start (h:min)</source>
        <translation>开始后 {time}（时:分）</translation>
    </message>
</context>
<context>
    <name>Annex</name>
    <message>
        <source>Annex: rain, run and data</source>
        <translation>附件：降雨、模拟与数据</translation>
    </message>
    <message>
        <source>The run and its data</source>
        <translation>模拟与数据</translation>
    </message>
    <message>
        <source>How to read the figures</source>
        <translation>数值说明</translation>
    </message>
    <message>
        <source>Annex: the {shown} worst of {count} buildings reached by water</source>
        <translation>附件：{count} 栋受淹建筑中最严重的 {shown} 栋</translation>
    </message>
    <message>
        <source>Annex: all {count} buildings reached by water, {inside} of them inside</source>
        <translation>附件：全部 {count} 栋受淹建筑，其中 {inside} 栋室内进水</translation>
    </message>
    <message>
        <source>Rain: {storm}</source>
        <translation>降雨：{storm}</translation>
    </message>
    <message>
        <source>{peak} mm/h from {start} to {end}</source>
        <translation>{start}–{end} 雨强 {peak} mm/h</translation>
    </message>
    <message>
        <source>Rain</source>
        <translation>降雨</translation>
    </message>
    <message>
        <source>Simulated time</source>
        <translation>模拟时长</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>边界</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Vertical datum</source>
        <translation>高程基准</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Storm table</source>
        <translation>降雨过程表</translation>
    </message>
    <message>
        <source>Water balance</source>
        <translation>水量平衡</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>模拟编号</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>编制人</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>City Twin {version}, QGIS {qgis}</source>
        <translation>City Twin {version}，QGIS {qgis}</translation>
    </message>
    <message>
        <source>{storm}; the steps of the rain were not given</source>
        <translation>{storm}；未提供降雨过程</translation>
    </message>
    <message>
        <source>{cell} m, {count} of them with a height</source>
        <translation>{cell} m，其中 {count} 个有高程</translation>
    </message>
    <message>
        <source>open, water leaves</source>
        <translation>开敞，水可流出</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source>at a fixed water level</source>
        <translation>固定水位</translation>
    </message>
    <message>
        <source>north</source>
        <translation>北</translation>
    </message>
    <message>
        <source>east</source>
        <translation>东</translation>
    </message>
    <message>
        <source>south</source>
        <translation>南</translation>
    </message>
    <message>
        <source>west</source>
        <translation>西</translation>
    </message>
    <message>
        <source>all sides {kind}</source>
        <translation>四周{kind}</translation>
    </message>
    <message>
        <source>not stated by the terrain</source>
        <translation>地形数据未注明</translation>
    </message>
    <message>
        <source>mass error {error} of all the water (0 is exact)</source>
        <translation>水量误差为总水量的 {error}（0 为无误差）</translation>
    </message>
    <message>
        <source>Depth outside</source>
        <translation>室外水深</translation>
    </message>
    <message>
        <source>The greatest depth of water at the outer walls of the building, above the ground there.</source>
        <translation>建筑外墙处的最大水深，自该处地面起算。</translation>
    </message>
    <message>
        <source>… m above</source>
        <translation>“高出 … m”</translation>
    </message>
    <message>
        <source>In the reasons: how high the water outside stands above the sill of the opening that is named. It decides the class; the depth of the water inside is not computed.</source>
        <translation>原因一栏中：室外水位高出所列开口门槛的高度，决定风险等级；不计算室内水深。</translation>
    </message>
    <message>
        <source>Class 3</source>
        <translation>3 级</translation>
    </message>
    <message>
        <source>Water less than 0.5 m above a sill, or any water that enters a building with a basement: most buildings with basements are therefore in class 3 or 4.</source>
        <translation>水位高出门槛不足 0.5 m，或水进入有地下室的建筑：因此有地下室的建筑多为 3 级或 4 级。</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>An estimate: people as the data of the building give them, else its floor area divided by an assumed area per person of its use.</source>
        <translation>估算值：采用建筑数据中的人数；若无，则以建筑面积除以该用途的假定人均面积。</translation>
    </message>
</context>
<context>
    <name>AskingAlgorithm</name>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>The id of a service in the catalogue, or its title where only one service has it.</source>
        <translation>目录中服务的 id；标题唯一时也可填写标题。</translation>
    </message>
    <message>
        <source>Only features in or touching this extent; empty for all.</source>
        <translation>仅取位于该范围内或与其相接的要素；空：全部。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Only features of this instant or interval; two dots for an open side: 2024-06-01T00:00:00Z/2024-06-02T00:00:00Z or 2024-06-01T00:00:00Z/.. Times without a zone are UTC.</source>
        <translation>仅取该时刻或时段的数据，开放端写作两个点：2024-06-01T00:00:00Z/2024-06-02T00:00:00Z 或 2024-06-01T00:00:00Z/..。未注明时区的时间按 UTC 计。</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>数量上限</translation>
    </message>
    <message>
        <source>The most rows to fetch; 0 for all, up to a million.</source>
        <translation>最多获取的行数；0：全部，至多一百万行。</translation>
    </message>
    <message>
        <source>CRS of the layer</source>
        <translation>图层的 CRS</translation>
    </message>
    <message>
        <source>By default the CRS that the service sends.</source>
        <translation>默认为服务返回数据的 CRS。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Notes: parts of the query evaluated here, or left out</source>
        <translation>由本机代替服务完成或略去的内容</translation>
    </message>
    <message>
        <source>{count} rows.</source>
        <translation>{count} 行。</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>This needs the Python package {name}: install it with the button in City Twin&apos;s message, or in the Home dock.</source>
        <translation>此功能需要 Python 包 {name}：请点击 City Twin 消息或 City Twin 面板中的按钮安装。</translation>
    </message>
</context>
<context>
    <name>BalanceChart</name>
    <message>
        <source>{n} other zones</source>
        <translation>其他 {n} 个分区</translation>
    </message>
    <message>
        <source>outside the zones</source>
        <translation>分区之外</translation>
    </message>
    <message>
        <source>Water in the zones over time (m³)</source>
        <translation>各分区水量随时间的变化（m³）</translation>
    </message>
    <message>
        <source>after the start (h:min)</source>
        <translation>开始后时间（时:分）</translation>
    </message>
    <message>
        <source>at most {volume} m³</source>
        <translation>最多 {volume} m³</translation>
    </message>
    <message>
        <source>on the terrain</source>
        <translation>在地面上</translation>
    </message>
    <message>
        <source>into the ground</source>
        <translation>下渗</translation>
    </message>
    <message>
        <source>into drains</source>
        <translation>进入排水系统</translation>
    </message>
    <message>
        <source>over the north edge</source>
        <translation>经北边界</translation>
    </message>
    <message>
        <source>over the east edge</source>
        <translation>经东边界</translation>
    </message>
    <message>
        <source>over the south edge</source>
        <translation>经南边界</translation>
    </message>
    <message>
        <source>over the west edge</source>
        <translation>经西边界</translation>
    </message>
    <message>
        <source>Where the water of the run went (m³)</source>
        <translation>模拟水量的去向（m³）</translation>
    </message>
</context>
<context>
    <name>BasementFlooding</name>
    <message>
        <source>Basement flooding</source>
        <translation>地下空间进水</translation>
    </message>
    <message>
        <source>&lt;p&gt;Shows how garages, basements, concourses and tunnels fill, from the water levels of a flood that was simulated without them: the water in each room over time, the minutes until 0.15, 0.30 and 1.20 m, and what passes each opening.&lt;/p&gt;&lt;p&gt;Water passes a sill as over a weir, which the water inside drowns. The water that goes down is not taken from the street of RESULT: the log says how much of it that would be. Where it is much, give the rooms to &apos;Simulate flood&apos; instead, which computes street and rooms together.&lt;/p&gt;&lt;p&gt;RANKING bars each opening alone and says what that wins: less water, more minutes, less damage, by the metre of barrier. Sills, widths and openings that are not known are guessed, and confidence says so.&lt;/p&gt;</source>
        <translation>&lt;p&gt;根据未考虑地下空间的洪水模拟水位，显示车库、地下室、站厅和隧道如何进水：各空间随时间的水量，水深达到 0.15、0.30 和 1.20 m 的分钟数，以及各开口的过流量。&lt;/p&gt;&lt;p&gt;水按堰流越过门槛，内部水位会使其淹没。进入地下的水不从 RESULT 的街道中扣除：日志给出其占街道水量的比例。比例较大时，请把地下空间交给“洪水模拟”，它同时计算街道和地下空间。&lt;/p&gt;&lt;p&gt;RANKING 逐一封堵每个开口，给出其效果：少进的水、赢得的时间、减少的损失，均按每米挡水设施计。未知的门槛、宽度和开口按推测取值，并由 confidence 说明。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>RESULT of the flood simulation (.nc).</source>
        <translation>内涝模拟的 RESULT (.nc)。</translation>
    </message>
    <message>
        <source>Polygons of garages, basements, concourses and tunnels, as the layer underground of a twin base: id, building_id, bottom_elev_m and top_elev_m (m), or height_m; area_m2 and volume_m3 where they are not those of the polygon.</source>
        <translation>车库、地下室、站厅和隧道的面，如孪生底座的 underground 图层：id、building_id、bottom_elev_m 和 top_elev_m（m），或 height_m；与面不一致时给出 area_m2 和 volume_m3。</translation>
    </message>
    <message>
        <source>Rooms below ground</source>
        <translation>地下空间</translation>
    </message>
    <message>
        <source>Points at which water enters the rooms, as the layer opening of a twin base: id, kind (ramp, door, vent, metro entrance, window), sill_elev_m, width_m (m), and room_id or building_id; without these the nearest room. A room without an opening gets one that is assumed.</source>
        <translation>水进入地下空间的点，如孪生底座的 opening 图层：id、kind（ramp、door、vent、metro entrance、window）、sill_elev_m、width_m（m），以及 room_id 或 building_id；没有这些时归于最近的地下空间。没有开口的地下空间会假定一个开口。</translation>
    </message>
    <message>
        <source>Openings of rooms below ground</source>
        <translation>地下空间的开口</translation>
    </message>
    <message>
        <source>Rows with from and to (ids of rooms), sill_elev_m and width_m (m), as from a concourse down to a platform.</source>
        <translation>含 from 和 to（地下空间的 id）、sill_elev_m 和 width_m（m）的行，例如从站厅到站台。</translation>
    </message>
    <message>
        <source>Passages between rooms below ground</source>
        <translation>地下空间之间的通道</translation>
    </message>
    <message>
        <source>Points or rows: opening_id, height_m above the sill or crest_elev_m (kind gate: shuts the opening), closes_at_min or closes_at_level_m (level of the water at the opening); without both closed from the start; fails_at_min.</source>
        <translation>点或行：opening_id、高于门槛的 height_m 或 crest_elev_m（类型 gate：完全关闭开口）、closes_at_min 或 closes_at_level_m（开口处的水位）；两者都没有时从一开始就关闭；fails_at_min。</translation>
    </message>
    <message>
        <source>Barriers at openings</source>
        <translation>开口处的挡水设施</translation>
    </message>
    <message>
        <source>The buildings of the run: openings take no water from their cells. ground_floor_elev_m is used where an opening is assumed. Empty: blocks of 5 m in the ground of RESULT count as buildings.</source>
        <translation>该次模拟的建筑：开口不从其栅格取水。假定开口时使用 ground_floor_elev_m。留空：RESULT 地面中高出 5 m 的块体视为建筑。</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Time between two rows of SERIES.</source>
        <translation>SERIES 两行之间的时间。</translation>
    </message>
    <message>
        <source>Step of the series (min)</source>
        <translation>过程线步长（min）</translation>
    </message>
    <message>
        <source>Share of a room&apos;s space that water can take, where it has neither volume_m3 nor fill_share; walls, columns and slabs have the rest.</source>
        <translation>地下空间中水可占的份额，用于没有 volume_m3 和 fill_share 的空间；其余为墙、柱和板。</translation>
    </message>
    <message>
        <source>Space for water in rooms (share)</source>
        <translation>地下空间可容水的份额</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Output SUMMARY of the simulation; empty: that of the run in the folder of RESULT.</source>
        <translation>模拟的输出 SUMMARY；留空：取 RESULT 所在文件夹中该次模拟的文件。</translation>
    </message>
    <message>
        <source>Value field</source>
        <translation>价值字段</translation>
    </message>
    <message>
        <source>Field of UNDERGROUND with the value of what is in a room: RANKING then goes by it.</source>
        <translation>UNDERGROUND 中表示空间内财产价值的字段：RANKING 随之按价值排序。</translation>
    </message>
    <message>
        <source>Currency of the value</source>
        <translation>价值的货币</translation>
    </message>
    <message>
        <source>Such as CNY; needed with VALUE_FIELD.</source>
        <translation>例如 CNY；使用 VALUE_FIELD 时必填。</translation>
    </message>
    <message>
        <source>Depth in a room at which its whole value is lost; the loss rises evenly up to there.</source>
        <translation>空间内水深达到此值时价值全部损失；此前损失随水深均匀增加。</translation>
    </message>
    <message>
        <source>All is lost from (m)</source>
        <translation>全部损失的水深（m）</translation>
    </message>
    <message>
        <source>The rooms with the water in them (m³), greatest depth and level (m), minutes until 0.15, 0.30 and 1.20 m, the opening by which water came first, confidence, and damage where there are values.</source>
        <translation>各地下空间及其水量（m³）、最大水深和水位（m）、水深达到 0.15、0.30 和 1.20 m 的分钟数、最先进水的开口、可信度，以及有价值时的损失。</translation>
    </message>
    <message>
        <source>Water in rooms below ground</source>
        <translation>地下空间的积水</translation>
    </message>
    <message>
        <source>Their openings: when water came in by each, greatest inflow (m³/s), and volumes (m³).</source>
        <translation>其开口：各开口进水的时间、最大进流量（m³/s）和水量（m³）。</translation>
    </message>
    <message>
        <source>Inflow at openings of rooms below ground</source>
        <translation>地下空间开口的进流</translation>
    </message>
    <message>
        <source>A row for each room and step: volume (m³), depth and level (m).</source>
        <translation>每个空间每个步长一行：水量（m³）、水深和水位（m）。</translation>
    </message>
    <message>
        <source>Rooms below ground over time</source>
        <translation>地下空间随时间的变化</translation>
    </message>
    <message>
        <source>A row for each opening that water passes, barred alone: water kept out (m³), minutes won, damage avoided, and each per metre of barrier; the best first.</source>
        <translation>每个过水开口一行，单独封堵时：挡住的水量（m³）、赢得的分钟数、减少的损失，以及每米挡水设施的数值；效果最好的在前。</translation>
    </message>
    <message>
        <source>Barriers ranked</source>
        <translation>挡水设施排序</translation>
    </message>
    <message>
        <source>Rooms with 0.05 m of water or more</source>
        <translation>水深不小于 0.05 m 的地下空间</translation>
    </message>
    <message>
        <source>Rooms of which nothing is known</source>
        <translation>情况未知的地下空间</translation>
    </message>
    <message>
        <source>Water in rooms at the end (m³)</source>
        <translation>结束时地下空间中的水量（m³）</translation>
    </message>
    <message>
        <source>Damage in rooms, in the currency of the value</source>
        <translation>地下空间的损失（以价值的货币计）</translation>
    </message>
</context>
<context>
    <name>BasementQuestion</name>
    <message>
        <source>Show how garages, basements and concourses fill in the flood shown above, by the minute, and which barriers win most.</source>
        <translation>按分钟显示上方所示内涝中车库、地下室和站厅的进水过程，以及哪些挡水设施效果最好。</translation>
    </message>
    <message>
        <source>Fill the basements</source>
        <translation>计算地下空间进水</translation>
    </message>
    <message>
        <source>Inflow at openings of rooms below ground</source>
        <translation>地下空间开口的进流</translation>
    </message>
    <message>
        <source>Rooms below ground</source>
        <translation>地下空间</translation>
    </message>
    <message>
        <source>Barriers ranked</source>
        <translation>挡水设施排序</translation>
    </message>
    <message>
        <source>Basement flooding</source>
        <translation>地下空间进水</translation>
    </message>
    <message>
        <source>{rooms} rooms have water, {unknown} are unknown; {volume} m³ at the end.</source>
        <translation>{rooms} 处地下空间进水，{unknown} 处情况未知；结束时共 {volume} m³。</translation>
    </message>
</context>
<context>
    <name>BuildingForm</name>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Zoom to</source>
        <translation>缩放至</translation>
    </message>
    <message>
        <source>Show this building on the map.</source>
        <translation>在地图上显示该建筑。</translation>
    </message>
    <message>
        <source>{above} above ground, {below} below</source>
        <translation>地上 {above} 层，地下 {below} 层</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Ground floor</source>
        <translation>首层标高</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Floor area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Risk {label}</source>
        <translation>风险等级 {label}</translation>
    </message>
    <message>
        <source>Select a model above, or a building on the map: its storeys, openings and risk are shown here.</source>
        <translation>在上方选择一个模型，或在地图上选择一栋建筑：此处显示其楼层、洞口和风险。</translation>
    </message>
    <message>
        <source>The model holds several buildings: choose the one to show.</source>
        <translation>该模型含多栋建筑：请选择要显示的一栋。</translation>
    </message>
    <message>
        <source>The assessment whose water level and risk are shown.</source>
        <translation>显示其水位和风险的评估结果。</translation>
    </message>
    <message>
        <source>Write back to BIM</source>
        <translation>写回 BIM</translation>
    </message>
    <message>
        <source>Water of the result</source>
        <translation>水位取自</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>There is no section: the model names no storeys.</source>
        <translation>无剖面：模型中没有楼层信息。</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Open the folder of the copy in the file manager.</source>
        <translation>在文件管理器中打开副本所在的文件夹。</translation>
    </message>
    <message>
        <source>There is nothing to write yet: assess the buildings with a flood first (Home, step 5).</source>
        <translation>尚无可写回的内容：请先用内涝结果评估建筑（City Twin 面板第 5 步）。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>定位</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>可靠</translation>
    </message>
    <message>
        <source>unsure, check it</source>
        <translation>不可靠，请核对</translation>
    </message>
    <message>
        <source>No building was read from this model.</source>
        <translation>未从该模型中读取到建筑。</translation>
    </message>
    <message>
        <source>No building was read from this model: {reason}</source>
        <translation>未从该模型中读取到建筑：{reason}</translation>
    </message>
    <message>
        <source>Write risk, levels and flooded sills into a copy of the IFC file, and BCF topics for designers.</source>
        <translation>将风险、水位和被淹的门槛写入 IFC 文件的副本，并为设计人员写出 BCF 主题。</translation>
    </message>
    <message>
        <source>Footprint area</source>
        <translation>基底面积</translation>
    </message>
    <message>
        <source>Basement area</source>
        <translation>地下室面积</translation>
    </message>
    <message>
        <source>Deleted on</source>
        <translation>消失时间</translation>
    </message>
    <message>
        <source>There is no section: the model has no place, so its levels on the map are unknown. Place it.</source>
        <translation>没有剖面：模型没有位置，其在地图上的标高未知。请放置它。</translation>
    </message>
    <message>
        <source>There is no section: the buildings are footprints, without storeys and openings.</source>
        <translation>没有剖面：这些建筑只有基底轮廓，没有楼层和洞口。</translation>
    </message>
    <message>
        <source>Depth outside</source>
        <translation>室外水深</translation>
    </message>
    <message>
        <source>Water level outside</source>
        <translation>室外水位</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>存疑</translation>
    </message>
</context>
<context>
    <name>BuildingRisk</name>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>&lt;p&gt;Compares the water outside each building with the sills of its openings, and shows which buildings it enters, where, when and how deep, with a sentence for each that gives the reason.&lt;/p&gt;&lt;p&gt;The water outside is that of the cells around the footprint. Class 0: less than 0.05 m outside; 1: none inside; 2: less than 0.15 m above a sill; 3: less than 0.5 m, or a basement is reached; 4: more; empty: unknown. Without openings the ground floor plus 0.15 m counts, without a ground floor the depth outside above 0.15 m. Choose DEPTH and LEVEL, or RESULT, or all three; the time of ingress needs RESULT.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将每栋建筑室外的积水与其洞口的门槛标高进行比较，判断哪些建筑进水、从何处进水、何时进水、进水多深，并为每栋建筑用一句话说明原因。&lt;/p&gt;&lt;p&gt;室外积水取基底轮廓周围网格单元的值。0 级：室外水深小于 0.05 m；1 级：室内未进水；2 级：高出门槛不足 0.15 m；3 级：高出门槛不足 0.5 m，或地下室进水；4 级：更深；空值：未知。没有洞口数据时以首层标高加 0.15 m 为准，没有首层标高时以室外水深超过 0.15 m 的部分为准。请提供 DEPTH 和 LEVEL，或提供 RESULT，或三者都提供；进水时间需要 RESULT。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Polygons; fields used: ground_floor_elev_m, storeys_above, storeys_below, use, people.</source>
        <translation>任意面图层；采用的字段：ground_floor_elev_m、storeys_above、storeys_below、use、people。</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Storeys with building_id, number and elev_m, as &apos;Load BIM models&apos; writes them.</source>
        <translation>楼层，含字段 building_id、number 和 elev_m，即“加载 BIM 模型”写出的楼层。</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Openings with building_id, kind and sill_elev_m, as &apos;Load BIM models&apos; writes them.</source>
        <translation>洞口，含字段 building_id、kind 和 sill_elev_m，即“加载 BIM 模型”写出的洞口。</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Maximum depth in m, 0 where dry: DEPTH_MAX of the flood simulation.</source>
        <translation>最大水深，单位 m，无水处为 0：内涝模拟的 DEPTH_MAX。</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Maximum water level in m above the terrain&apos;s datum: LEVEL_MAX of the flood simulation.</source>
        <translation>最高水位，单位 m，基于地形的高程基准：内涝模拟的 LEVEL_MAX。</translation>
    </message>
    <message>
        <source>Maximum water level</source>
        <translation>最高水位</translation>
    </message>
    <message>
        <source>First arrival of water in minutes: ARRIVAL of the flood simulation.</source>
        <translation>积水首次到达的时间，单位 min：内涝模拟的 ARRIVAL。</translation>
    </message>
    <message>
        <source>Arrival time</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Depths and levels over time: RESULT of the flood simulation (.nc).</source>
        <translation>水深和水位的变化过程：内涝模拟的 RESULT (.nc)。</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Your own depth-damage curves: sector (or a use), depth_m and damage_fraction in each row.</source>
        <translation>自定义的水深—损失曲线：每行含 sector（或某种用途）、depth_m 和 damage_fraction。</translation>
    </message>
    <message>
        <source>Damage curves</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Region of the JRC&apos;s curves (2017), used where CURVES is empty.</source>
        <translation>JRC（2017）曲线所属的地区，在 CURVES 为空时采用。</translation>
    </message>
    <message>
        <source>The buildings with their own fields and the results.</source>
        <translation>建筑图层，保留原有字段并附加评估结果。</translation>
    </message>
    <message>
        <source>Buildings of class {n}</source>
        <translation>{n} 级建筑数</translation>
    </message>
    <message>
        <source>Buildings of unknown class</source>
        <translation>等级未知的建筑数</translation>
    </message>
    <message>
        <source>BUILDINGS cannot be read: choose a layer of footprints.</source>
        <translation>无法读取 BUILDINGS：请选择建筑基底轮廓图层。</translation>
    </message>
    <message>
        <source>Use field</source>
        <translation>用途字段</translation>
    </message>
    <message>
        <source>Field of the use, in words of any kind; empty: use, type, function and other usual names, the first with a known word.</source>
        <translation>用途字段，文字形式不限；留空：use、type、function 等常用字段，取第一个能识别的词。</translation>
    </message>
    <message>
        <source>People field</source>
        <translation>人数字段</translation>
    </message>
    <message>
        <source>Field of the people in the building; empty: people, residents, occupants, population.</source>
        <translation>建筑内人数的字段；留空：people、residents、occupants、population。</translation>
    </message>
    <message>
        <source>Ground floor field</source>
        <translation>首层标高字段</translation>
    </message>
    <message>
        <source>Field of the ground floor&apos;s level in m above the terrain&apos;s datum; empty: ground_floor_elev_m.</source>
        <translation>首层标高字段，单位 m，与地形同一高程基准；留空：ground_floor_elev_m。</translation>
    </message>
    <message>
        <source>No data in DEPTH</source>
        <translation>DEPTH 中的无数据</translation>
    </message>
    <message>
        <source>What a cell of DEPTH without data means: unknown, or dry, as in maps that show water only. With dry, values below 0 are dry too; else they are refused.</source>
        <translation>DEPTH 中无数据的像元表示什么：未知（unknown），或干燥（dry，适用于只绘出水体的图）。选 dry 时，小于 0 的值也视为干燥；否则拒绝使用。</translation>
    </message>
    <message>
        <source>Which cells count for a building. Ring: the greatest value just outside the footprint, as the simulation keeps water off buildings. For maps with water under buildings: touched, the mean of the wet cells that it touches, the damage times their share; mean or greatest of the cells whose centre it holds; area, every cell by the area covered; centroid, the cell under its middle.</source>
        <translation>哪些栅格单元计入建筑。ring（环带）：取基底轮廓外侧紧邻单元的最大值，因为模拟中建筑处不进水。适用于建筑下方有水的图：touched，取基底触及的有水单元的平均值，损失再乘以其占比；mean 或 greatest，取中心位于基底内的单元的平均值或最大值；area，各单元按被覆盖面积加权；centroid，取基底形心所在单元。</translation>
    </message>
    <message>
        <source>Cells of a building</source>
        <translation>建筑的计算单元</translation>
    </message>
    <message>
        <source>People at full occupancy (all), or those present at night (03:00), by day (11:00), in the evening (19:00) or at HOUR, by the shares of presence_by_use.csv.</source>
        <translation>满员人数（all），或按 presence_by_use.csv 的在场比例计算夜间（03:00）、白天（11:00）、傍晚（19:00）或 HOUR 时刻的在场人数。</translation>
    </message>
    <message>
        <source>Time of day for people</source>
        <translation>人数对应的时段</translation>
    </message>
    <message>
        <source>Hour of the day, 0 to 24, where TIME_OF_DAY is hour.</source>
        <translation>一天中的时刻，0 至 24，用于 TIME_OF_DAY 为 hour 时。</translation>
    </message>
    <message>
        <source>Hour for people</source>
        <translation>人数对应的时刻</translation>
    </message>
    <message>
        <source>Unit of the depths in CURVES: by the name of the column (depth_m or depth_ft), or for a column called depth m or ft.</source>
        <translation>CURVES 中水深的单位：由列名（depth_m 或 depth_ft）决定；列名为 depth 时选择 m 或 ft。</translation>
    </message>
    <message>
        <source>Unit of curve depths</source>
        <translation>曲线水深的单位</translation>
    </message>
    <message>
        <source>What water below the first point of a curve costs. Auto: 0 at the ground floor and below, or below the first point of a curve that begins below 0. Zero: 0 below any first point. Hold: what the first point costs.</source>
        <translation>水位低于曲线首点时的损失。auto：首层地面及以下为 0；曲线从 0 以下开始时，低于首点为 0。zero：低于首点一律为 0。hold：取首点的损失。</translation>
    </message>
    <message>
        <source>Below the first point of a curve</source>
        <translation>低于曲线首点时</translation>
    </message>
    <message>
        <source>Currency of the values and losses, such as CNY; with it losses are computed. Alone, it takes values by use and REGION from building_values.csv, which has EUR of 2010. Nothing is converted.</source>
        <translation>价值和损失的货币，例如 CNY；填写后计算损失。仅填写货币时，按用途和 REGION 从 building_values.csv 取值（2010 年欧元）。不作货币换算。</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Value field</source>
        <translation>价值字段</translation>
    </message>
    <message>
        <source>Field of the building&apos;s value in CURRENCY, without what stands in it.</source>
        <translation>建筑本身价值（不含室内财产）的字段，货币为 CURRENCY。</translation>
    </message>
    <message>
        <source>Content value field</source>
        <translation>室内财产价值字段</translation>
    </message>
    <message>
        <source>Field of the value of what stands in the building, in CURRENCY.</source>
        <translation>建筑室内财产价值的字段，货币为 CURRENCY。</translation>
    </message>
    <message>
        <source>Your own values by use: rows with use (or a sector) and structure_per_m2, the value of a square metre of floor; if there are any content_per_m2, region, currency, price_year. They count where VALUE_FIELD has none.</source>
        <translation>您自己的分用途单价：每行包含 use（或行业）和 structure_per_m2（每平方米建筑面积的价值）；可选 content_per_m2、region、currency、price_year。用于 VALUE_FIELD 没有值的建筑。</translation>
    </message>
    <message>
        <source>Values by use</source>
        <translation>分用途单价</translation>
    </message>
    <message>
        <source>Loss in class {n}</source>
        <translation>{n} 级建筑的损失</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss of structures</source>
        <translation>建筑结构损失</translation>
    </message>
    <message>
        <source>Loss of contents</source>
        <translation>室内财产损失</translation>
    </message>
    <message>
        <source>People in all buildings</source>
        <translation>全部建筑内的人数</translation>
    </message>
    <message>
        <source>People in buildings that water enters</source>
        <translation>进水建筑内的人数</translation>
    </message>
</context>
<context>
    <name>BuildingView</name>
    <message>
        <source>The buildings of this run are no longer in the project.</source>
        <translation>该次运行的建筑已不在工程中。</translation>
    </message>
</context>
<context>
    <name>BuildingsDock</name>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Models read</source>
        <translation>已读取的模型</translation>
    </message>
    <message>
        <source>Buildings from models</source>
        <translation>由模型生成的建筑</translation>
    </message>
    <message>
        <source>Choose models first</source>
        <translation>请先选择模型</translation>
    </message>
    <message>
        <source>Load all models of the folder</source>
        <translation>加载文件夹中的全部模型</translation>
    </message>
    <message>
        <source>Load {n} models</source>
        <translation>加载 {n} 个模型</translation>
    </message>
    <message>
        <source>Below ground</source>
        <translation>地下建筑面积</translation>
    </message>
    <message>
        <source>Twin base {name}</source>
        <translation>孪生底座 {name}</translation>
    </message>
    <message>
        <source>Footprint of {name}</source>
        <translation>{name} 的基底轮廓</translation>
    </message>
    <message>
        <source>Flood results of {name}</source>
        <translation>{name} 的内涝结果</translation>
    </message>
    <message>
        <source>The copy is &apos;{file}&apos;: {storeys} storeys reached, {openings} openings below the water.</source>
        <translation>副本为“{file}”：积水到达 {storeys} 层，{openings} 个洞口低于水位。</translation>
    </message>
    <message>
        <source>Update the twin base</source>
        <translation>更新孪生底座</translation>
    </message>
    <message>
        <source>Load the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>Solids</source>
        <translation>建筑体块</translation>
    </message>
    <message>
        <source>Read the models in the background. A model that cannot be read is reported; the others are read.</source>
        <translation>在后台读取模型。无法读取的模型会列入报告，其余模型照常读取。</translation>
    </message>
    <message>
        <source>Turn IFC models into footprints, storeys and openings with the level of their sills.</source>
        <translation>将 IFC 模型转换为建筑基底轮廓、楼层，以及带门槛标高的洞口。</translation>
    </message>
    <message>
        <source>The folder holds no IFC models</source>
        <translation>该文件夹中没有 IFC 模型</translation>
    </message>
    <message>
        <source>The folder of the models is unknown: choose it above, then update the twin base.</source>
        <translation>模型文件夹未知：请在上方选择，然后更新孪生底座。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; does not exist: a model is placed by its footprint, which is read from the file.</source>
        <translation>找不到“{path}”：手动定位需要从该文件读取模型的基底轮廓。</translation>
    </message>
    <message>
        <source>The BCF topics are in &apos;{file}&apos;.</source>
        <translation>BCF 主题在“{file}”中。</translation>
    </message>
    <message>
        <source>{read} models read, {same} unchanged, {failed} failed, {gone} deleted.</source>
        <translation>读取 {read} 个模型，{same} 个未变化，{failed} 个失败，{gone} 个已消失。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has no footprint to draw: enter its place in a placements table.</source>
        <translation>“{name}”没有可绘制的轮廓：请在放置表中填写其位置。</translation>
    </message>
    <message>
        <source>Models without a place: {n}. Select one and choose Place…, or fill in a table with their places.</source>
        <translation>没有定位的模型：{n} 个。选中一个并点击“放置…”，或在表格中填写其位置。</translation>
    </message>
    <message>
        <source>Open a table with a row for each of them: enter x and y, save it, and load the models again.</source>
        <translation>打开每个模型一行的表格：填写 x 和 y，保存后重新载入模型。</translation>
    </message>
    <message>
        <source>Table of places…</source>
        <translation>位置表…</translation>
    </message>
    <message>
        <source>Enter x, y and what you know of z, bearing_deg and crs. Save the table, then load the models again.</source>
        <translation>填写 x、y，以及已知的 z、bearing_deg 和 crs。保存表格，然后重新载入模型。</translation>
    </message>
    <message>
        <source>{n} of {total} models could not be read</source>
        <translation>{total} 个模型中有 {n} 个无法读取</translation>
    </message>
    <message>
        <source>{n} of {total} models read in part</source>
        <translation>{total} 个模型中有 {n} 个仅部分读取</translation>
    </message>
    <message>
        <source>{n} of {total} models without a place</source>
        <translation>{total} 个模型中有 {n} 个没有位置</translation>
    </message>
    <message>
        <source>{counts}. The list of models says why.</source>
        <translation>{counts}。原因见模型列表。</translation>
    </message>
    <message>
        <source>{n} of the models read are without a place. The list of models says why.</source>
        <translation>已读取的模型中有 {n} 个没有位置。原因见模型列表。</translation>
    </message>
    <message>
        <source>{n} of {total} models with buildings that another one holds too</source>
        <translation>{total} 个模型中有 {n} 个与其他模型含有相同建筑</translation>
    </message>
    <message>
        <source>{n} models hold buildings that another one holds too.</source>
        <translation>有 {n} 个模型与其他模型含有相同建筑。</translation>
    </message>
</context>
<context>
    <name>CheckServices</name>
    <message>
        <source>Check services</source>
        <translation>检查服务</translation>
    </message>
    <message>
        <source>&lt;p&gt;Checks whether each service of the catalogue, or of a part of it, answers as its protocol requires, with the smallest request that shows it. The catalogue stores the result, so that searches can be limited to services that answer.&lt;/p&gt;&lt;p&gt;At most five requests are sent to one server at once, and a server that does not answer is tried once. Synthetic records are not checked.&lt;/p&gt;</source>
        <translation>&lt;p&gt;对目录中的全部或部分服务，用最小的请求检查其是否按协议响应。检查结果存入目录，供检索可用的服务。&lt;/p&gt;&lt;p&gt;对同一服务器最多同时发出五个请求；不响应的服务器只请求一次。用于演示的虚构记录不检查。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Only services whose title, description, keywords or layer have these words.</source>
        <translation>仅取标题、描述、关键词或图层名含这些词的服务。</translation>
    </message>
    <message>
        <source>Subdivisions</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>Only services whose extent touches this one.</source>
        <translation>仅取与该范围相接的服务。</translation>
    </message>
    <message>
        <source>Time-out (s)</source>
        <translation>超时 (s)</translation>
    </message>
    <message>
        <source>A service that does not answer within this time counts as offline.</source>
        <translation>超过该时间未响应的服务视为失效。</translation>
    </message>
    <message>
        <source>A row for each service, at the centre of its extent where it has one.</source>
        <translation>每个服务一行；有范围的位于其范围中心。</translation>
    </message>
    <message>
        <source>State of services</source>
        <translation>服务状态</translation>
    </message>
    <message>
        <source>Services online</source>
        <translation>正常的服务数</translation>
    </message>
    <message>
        <source>Services that are slow</source>
        <translation>响应慢的服务数</translation>
    </message>
    <message>
        <source>Services that deny access</source>
        <translation>拒绝访问的服务数</translation>
    </message>
    <message>
        <source>Services that are offline</source>
        <translation>失效的服务数</translation>
    </message>
    <message>
        <source>Cancelled: the catalogue keeps the results so far, and no layer was written.</source>
        <translation>已取消：目录保留已检查的结果，未写出图层。</translation>
    </message>
    <message>
        <source>{alive} online, {slow} slow, {denied} deny access, {dead} offline, {unknown} not checked.</source>
        <translation>正常 {alive}，响应慢 {slow}，拒绝访问 {denied}，失效 {dead}，未检查 {unknown}。</translation>
    </message>
    <message>
        <source>Codes such as C07 (waterlogging) or A,C03; a letter is a category.</source>
        <translation>小类代码，例如 C07（水文内涝监测）或 A,C03；单个字母表示整个大类。</translation>
    </message>
</context>
<context>
    <name>CheckTerrain</name>
    <message>
        <source>Check terrain</source>
        <translation>检查地形</translation>
    </message>
    <message>
        <source>&lt;p&gt;Finds what makes a terrain unfit for a flood simulation: orientation, units, undeclared no data, holes, pits, spikes, bridges that dam channels, channels joined at corners, thin ridges, seams between tiles. Each finding has its place, its size and the cure; a mended copy is free of those that can be mended. Terrains of any size are checked tile by tile.&lt;/p&gt;</source>
        <translation>&lt;p&gt;查找使地形不适合内涝模拟的问题：方向、单位、未声明的无数据值、空洞、凹坑、尖峰、阻断河槽的桥面、仅以角点相连的河槽、细脊、图幅接缝。每项问题都给出位置、大小和处理办法；修复后的副本消除了可以修复的问题。任意大小的地形均按分块检查。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Ground levels, as they are: in any unit, orientation or CRS.</source>
        <translation>原始地面高程：单位、方向和坐标系均不限。</translation>
    </message>
    <message>
        <source>What is checked.</source>
        <translation>检查的项目。</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查项目</translation>
    </message>
    <message>
        <source>What MENDED is free of, as far as it is checked. Orientation, square cells, CRS and unit are always mended; holes, ridges, seams and areas of one height never are.</source>
        <translation>MENDED 中修复哪些已检查的问题。方向、方形像元、坐标系和单位总会修复；空洞、细脊、接缝和等高区域从不修复。</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>修复项目</translation>
    </message>
    <message>
        <source>Lines along which water passes, such as culverts, bridges and streams, in any CRS. The ground is lowered along them, as far as it stands in the way.</source>
        <translation>水流通过的线，如涵洞、桥梁和溪流，坐标系不限。沿线阻水的地面会被降低。</translation>
    </message>
    <message>
        <source>Lines where water passes</source>
        <translation>过水线</translation>
    </message>
    <message>
        <source>Unit of the heights; &apos;declared&apos; takes it from the file, m where it says none.</source>
        <translation>高程的单位；declared 表示按文件的声明，未声明时为米。</translation>
    </message>
    <message>
        <source>Unit of the heights</source>
        <translation>高程单位</translation>
    </message>
    <message>
        <source>CRS in metres of MENDED and OUTPUT: a terrain without CRS gets it, another is reprojected. Empty: the terrain&apos;s own; the UTM zone where that is in degrees or feet.</source>
        <translation>MENDED 和 OUTPUT 的坐标系，单位为米：没有坐标系的地形将被赋予该坐标系，其他地形将重投影。留空：地形自身的坐标系；若其单位为度或英尺，则用所在的 UTM 分带。</translation>
    </message>
    <message>
        <source>CRS of the outputs</source>
        <translation>输出的坐标系</translation>
    </message>
    <message>
        <source>Polygons of the findings; none where nothing is wrong.</source>
        <translation>各项问题的面；没有问题时为空。</translation>
    </message>
    <message>
        <source>Faults of the terrain</source>
        <translation>地形问题</translation>
    </message>
    <message>
        <source>The terrain in m, north up, free of what was mended; elsewhere its heights are the same.</source>
        <translation>修复后的地形，单位为米，北向上；未修复处的高程保持不变。</translation>
    </message>
    <message>
        <source>Mended terrain</source>
        <translation>修复后的地形</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>问题数</translation>
    </message>
    <message>
        <source>Cells that were mended</source>
        <translation>修复的像元数</translation>
    </message>
    <message>
        <source>Least depth of pits (m)</source>
        <translation>凹坑最小深度（m）</translation>
    </message>
    <message>
        <source>Depth below all ground around.</source>
        <translation>低于周围全部地面的深度。</translation>
    </message>
    <message>
        <source>Greatest area of pits and spikes (m²)</source>
        <translation>凹坑和尖峰的最大面积（m²）</translation>
    </message>
    <message>
        <source>Larger ones are depressions and hills of the ground; one cell at least.</source>
        <translation>更大的属于地面的洼地和丘岗；至少为一个像元。</translation>
    </message>
    <message>
        <source>Least height of spikes (m)</source>
        <translation>尖峰最小高度（m）</translation>
    </message>
    <message>
        <source>Height above all ground around, and not less than a cell&apos;s edge.</source>
        <translation>高于周围全部地面的高度，且不小于像元边长。</translation>
    </message>
    <message>
        <source>Least height of bridges (m)</source>
        <translation>桥面最小高度（m）</translation>
    </message>
    <message>
        <source>Height of a deck above the bed of the channel that it dams.</source>
        <translation>桥面高于所阻断河槽槽底的高度。</translation>
    </message>
    <message>
        <source>Greatest width of bridges (m)</source>
        <translation>桥面最大宽度（m）</translation>
    </message>
    <message>
        <source>Ways through a deck are at most so long; bridges are looked for within 1.5 times of it.</source>
        <translation>穿过桥面的通道最长为此值；在其 1.5 倍距离内查找桥面。</translation>
    </message>
    <message>
        <source>Least height of ridges (m)</source>
        <translation>细脊最小高度（m）</translation>
    </message>
    <message>
        <source>Height above both sides, steeper than 1 in 2.</source>
        <translation>高于两侧的高度，坡度陡于 1:2。</translation>
    </message>
    <message>
        <source>Least length of ridges (m)</source>
        <translation>细脊最小长度（m）</translation>
    </message>
    <message>
        <source>Diagonal of the box around a ridge.</source>
        <translation>细脊外接矩形的对角线。</translation>
    </message>
    <message>
        <source>Least step of seams (m)</source>
        <translation>接缝最小高差（m）</translation>
    </message>
    <message>
        <source>Mean step along the line beyond the slope of the ground.</source>
        <translation>沿线扣除地面坡度后的平均高差。</translation>
    </message>
    <message>
        <source>Least length of seams (m)</source>
        <translation>接缝最小长度（m）</translation>
    </message>
    <message>
        <source>Length of the straight line.</source>
        <translation>直线的长度。</translation>
    </message>
    <message>
        <source>Least area of one height (m²)</source>
        <translation>等高区域最小面积（m²）</translation>
    </message>
    <message>
        <source>Smaller ones are not reported.</source>
        <translation>更小的不报告。</translation>
    </message>
    <message>
        <source>The terrain cannot be read: choose a raster layer or file of heights in DTM.</source>
        <translation>无法读取地形：请在 DTM 中选择高程栅格图层或文件。</translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>closed</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source>raised blocks</source>
        <translation>抬高地块</translation>
    </message>
    <message>
        <source>walls</source>
        <translation>挡水墙</translation>
    </message>
    <message>
        <source>Shenzhen west: Bao&apos;an, Guangming, Longhua</source>
        <translation>深圳西部：宝安、光明、龙华</translation>
    </message>
    <message>
        <source>Shenzhen central: Nanshan, Futian, Luohu</source>
        <translation>深圳中部：南山、福田、罗湖</translation>
    </message>
    <message>
        <source>Shenzhen east: Yantian, Pingshan, Dapeng</source>
        <translation>深圳东部：盐田、坪山、大鹏</translation>
    </message>
    <message>
        <source>Shenshan</source>
        <translation>深汕</translation>
    </message>
    <message>
        <source>another city: A, b and n</source>
        <translation>其他城市：A、b 和 n</translation>
    </message>
    <message>
        <source>Chicago</source>
        <translation>芝加哥雨型</translation>
    </message>
    <message>
        <source>triangular</source>
        <translation>三角形雨型</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀雨型</translation>
    </message>
    <message>
        <source>a gauge&apos;s table</source>
        <translation>雨量站数据表</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>bridge</source>
        <translation>桥梁</translation>
    </message>
    <message>
        <source>charging station</source>
        <translation>充电站</translation>
    </message>
    <message>
        <source>hospital</source>
        <translation>医院</translation>
    </message>
    <message>
        <source>hotel</source>
        <translation>酒店</translation>
    </message>
    <message>
        <source>industrial</source>
        <translation>工业</translation>
    </message>
    <message>
        <source>infrastructure</source>
        <translation>基础设施</translation>
    </message>
    <message>
        <source>marine facility</source>
        <translation>海洋设施</translation>
    </message>
    <message>
        <source>metro station</source>
        <translation>地铁站</translation>
    </message>
    <message>
        <source>office</source>
        <translation>办公</translation>
    </message>
    <message>
        <source>parking</source>
        <translation>停车</translation>
    </message>
    <message>
        <source>pumping station</source>
        <translation>泵站</translation>
    </message>
    <message>
        <source>railway</source>
        <translation>铁路</translation>
    </message>
    <message>
        <source>railway station</source>
        <translation>火车站</translation>
    </message>
    <message>
        <source>residential</source>
        <translation>居住</translation>
    </message>
    <message>
        <source>retail</source>
        <translation>商业</translation>
    </message>
    <message>
        <source>road</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>school</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>shelter</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>substation</source>
        <translation>变电站</translation>
    </message>
    <message>
        <source>tunnel</source>
        <translation>隧道</translation>
    </message>
    <message>
        <source>door</source>
        <translation>门</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗</translation>
    </message>
    <message>
        <source>ramp</source>
        <translation>坡道</translation>
    </message>
    <message>
        <source>vent</source>
        <translation>通风口</translation>
    </message>
    <message>
        <source>metro entrance</source>
        <translation>地铁出入口</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>above ground</source>
        <translation>地上层</translation>
    </message>
    <message>
        <source>ground floor</source>
        <translation>首层</translation>
    </message>
    <message>
        <source>below ground</source>
        <translation>地下层</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无层号</translation>
    </message>
    <message>
        <source>Homes and hotels</source>
        <translation>居住与旅馆</translation>
    </message>
    <message>
        <source>Work and trade</source>
        <translation>办公与商业</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>交通</translation>
    </message>
    <message>
        <source>Supply and industry</source>
        <translation>市政供应与工业</translation>
    </message>
    <message>
        <source>Other or unknown use</source>
        <translation>其他或未知用途</translation>
    </message>
    <message>
        <source>planning</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>construction</source>
        <translation>施工</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>运营</translation>
    </message>
    <message>
        <source>demolished</source>
        <translation>已拆除</translation>
    </message>
    <message>
        <source>faces of the shell</source>
        <translation>外壳表面</translation>
    </message>
    <message>
        <source>each building</source>
        <translation>按建筑</translation>
    </message>
    <message>
        <source>each class of elements</source>
        <translation>按构件类别</translation>
    </message>
    <message>
        <source>public</source>
        <translation>公共建筑</translation>
    </message>
    <message>
        <source>Health, schools, shelters</source>
        <translation>医疗、学校与避难</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>dry</source>
        <translation>无积水</translation>
    </message>
    <message>
        <source>extruded footprints</source>
        <translation>由基底轮廓拉伸</translation>
    </message>
    <message>
        <source>extruded storeys</source>
        <translation>由各楼层拉伸</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>local inertial</source>
        <translation>局部惯性</translation>
    </message>
    <message>
        <source>shock-capturing</source>
        <translation>激波捕捉</translation>
    </message>
    <message>
        <source>GeoTIFF for each time</source>
        <translation>每个时刻一个 GeoTIFF</translation>
    </message>
    <message>
        <source>GeoTIFF with a band for each time</source>
        <translation>一个 GeoTIFF，每个时刻一个波段</translation>
    </message>
    <message>
        <source>text grids of LISFLOOD-FP</source>
        <translation>LISFLOOD-FP 文本栅格</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>水深</translation>
    </message>
    <message>
        <source>water level</source>
        <translation>水位</translation>
    </message>
    <message>
        <source>velocity</source>
        <translation>流速</translation>
    </message>
    <message>
        <source>hazard</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>value 0</source>
        <translation>值 0</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>form: orientation, cells, CRS</source>
        <translation>形式：方向、像元、坐标系</translation>
    </message>
    <message>
        <source>unit of the heights</source>
        <translation>高程单位</translation>
    </message>
    <message>
        <source>undeclared no data</source>
        <translation>未声明的无数据值</translation>
    </message>
    <message>
        <source>holes without data</source>
        <translation>无数据空洞</translation>
    </message>
    <message>
        <source>pits</source>
        <translation>凹坑</translation>
    </message>
    <message>
        <source>spikes</source>
        <translation>尖峰</translation>
    </message>
    <message>
        <source>channels joined at corners</source>
        <translation>仅以角点相连的河槽</translation>
    </message>
    <message>
        <source>bridges over channels</source>
        <translation>跨河槽的桥面</translation>
    </message>
    <message>
        <source>thin ridges</source>
        <translation>细脊</translation>
    </message>
    <message>
        <source>seams</source>
        <translation>接缝</translation>
    </message>
    <message>
        <source>areas of one height</source>
        <translation>等高区域</translation>
    </message>
    <message>
        <source>as the file says</source>
        <translation>按文件声明</translation>
    </message>
    <message>
        <source>nearest gauge (Thiessen)</source>
        <translation>最近的雨量站（泰森多边形）</translation>
    </message>
    <message>
        <source>all gauges by 1 / distance²</source>
        <translation>全部雨量站按 1/距离² 加权</translation>
    </message>
    <message>
        <source>end of the step</source>
        <translation>时段末</translation>
    </message>
    <message>
        <source>start of the step</source>
        <translation>时段初</translation>
    </message>
    <message>
        <source>alternating blocks</source>
        <translation>交替块雨型</translation>
    </message>
    <message>
        <source>NRCS type I, 24 h</source>
        <translation>NRCS I 型（24 h）</translation>
    </message>
    <message>
        <source>NRCS type IA, 24 h</source>
        <translation>NRCS IA 型（24 h）</translation>
    </message>
    <message>
        <source>NRCS type II, 24 h</source>
        <translation>NRCS II 型（24 h）</translation>
    </message>
    <message>
        <source>NRCS type III, 24 h</source>
        <translation>NRCS III 型（24 h）</translation>
    </message>
    <message>
        <source>a pattern table</source>
        <translation>雨型表</translation>
    </message>
    <message>
        <source>US Weather Bureau TP-40</source>
        <translation>美国气象局 TP-40</translation>
    </message>
    <message>
        <source>UK Flood Estimation Handbook</source>
        <translation>英国《洪水估算手册》（FEH）</translation>
    </message>
    <message>
        <source>open: water passes</source>
        <translation>开放：水可通过</translation>
    </message>
    <message>
        <source>walls with doors</source>
        <translation>墙体，经门进水</translation>
    </message>
    <message>
        <source>partly open (porosity)</source>
        <translation>部分透水（孔隙率）</translation>
    </message>
    <message>
        <source>one rate everywhere</source>
        <translation>各处同一速率</translation>
    </message>
    <message>
        <source>Green-Ampt, by soil</source>
        <translation>Green-Ampt（按土壤）</translation>
    </message>
    <message>
        <source>Horton, by land cover</source>
        <translation>Horton（按土地覆盖）</translation>
    </message>
    <message>
        <source>curve numbers (SCS)</source>
        <translation>曲线数法（SCS）</translation>
    </message>
    <message>
        <source>terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>subcatchments of the network</source>
        <translation>管网的子汇水区</translation>
    </message>
    <message>
        <source>both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>leaves the area</source>
        <translation>流出区域</translation>
    </message>
    <message>
        <source>counts from this run</source>
        <translation>从本次模拟起算</translation>
    </message>
    <message>
        <source>goes on from the first run</source>
        <translation>延续首次模拟</translation>
    </message>
    <message>
        <source>I: dry</source>
        <translation>I：干燥</translation>
    </message>
    <message>
        <source>II: average</source>
        <translation>II：一般</translation>
    </message>
    <message>
        <source>III: wet</source>
        <translation>III：湿润</translation>
    </message>
    <message>
        <source>sand</source>
        <translation>砂土</translation>
    </message>
    <message>
        <source>loamy sand</source>
        <translation>壤质砂土</translation>
    </message>
    <message>
        <source>sandy loam</source>
        <translation>砂质壤土</translation>
    </message>
    <message>
        <source>loam</source>
        <translation>壤土</translation>
    </message>
    <message>
        <source>silt loam</source>
        <translation>粉砂质壤土</translation>
    </message>
    <message>
        <source>sandy clay loam</source>
        <translation>砂质黏壤土</translation>
    </message>
    <message>
        <source>clay loam</source>
        <translation>黏壤土</translation>
    </message>
    <message>
        <source>silty clay loam</source>
        <translation>粉砂质黏壤土</translation>
    </message>
    <message>
        <source>sandy clay</source>
        <translation>砂质黏土</translation>
    </message>
    <message>
        <source>silty clay</source>
        <translation>粉砂质黏土</translation>
    </message>
    <message>
        <source>clay</source>
        <translation>黏土</translation>
    </message>
    <message>
        <source>level, fixed or over time</source>
        <translation>水位（固定或随时间变化）</translation>
    </message>
    <message>
        <source>ring: greatest value beside the walls</source>
        <translation>环带：墙外单元的最大值</translation>
    </message>
    <message>
        <source>touched: mean of the wet cells, damage by their share</source>
        <translation>触及：有水单元的平均值，损失按其占比折算</translation>
    </message>
    <message>
        <source>mean under the footprint</source>
        <translation>基底内平均值</translation>
    </message>
    <message>
        <source>greatest under the footprint</source>
        <translation>基底内最大值</translation>
    </message>
    <message>
        <source>mean weighted by the area covered</source>
        <translation>按覆盖面积加权的平均值</translation>
    </message>
    <message>
        <source>cell under the centroid</source>
        <translation>形心所在单元</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>不启用</translation>
    </message>
    <message>
        <source>people without a place</source>
        <translation>无处安置</translation>
    </message>
    <message>
        <source>all have a place</source>
        <translation>全部得到安置</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>水泵</translation>
    </message>
    <message>
        <source>barrier</source>
        <translation>挡水设施</translation>
    </message>
    <message>
        <source>other measure</source>
        <translation>其他措施</translation>
    </message>
    <message>
        <source>warnings</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>actions</source>
        <translation>行动</translation>
    </message>
    <message>
        <source>latest departures</source>
        <translation>最晚出发</translation>
    </message>
    <message>
        <source>measures</source>
        <translation>措施</translation>
    </message>
    <message>
        <source>water enters a building</source>
        <translation>建筑进水</translation>
    </message>
    <message>
        <source>failures</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>peak</source>
        <translation>峰值</translation>
    </message>
    <message>
        <source>the whole storm</source>
        <translation>整场暴雨</translation>
    </message>
    <message>
        <source>the storm so far</source>
        <translation>迄今的暴雨</translation>
    </message>
    <message>
        <source>by the column&apos;s name</source>
        <translation>由列名决定</translation>
    </message>
    <message>
        <source>metres</source>
        <translation>米</translation>
    </message>
    <message>
        <source>feet</source>
        <translation>英尺</translation>
    </message>
    <message>
        <source>value of the first point</source>
        <translation>取首点的值</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>night, 03:00</source>
        <translation>夜间 03:00</translation>
    </message>
    <message>
        <source>day, 11:00</source>
        <translation>白天 11:00</translation>
    </message>
    <message>
        <source>evening, 19:00</source>
        <translation>傍晚 19:00</translation>
    </message>
    <message>
        <source>an hour</source>
        <translation>指定时刻</translation>
    </message>
    <message>
        <source>English and Chinese</source>
        <translation>英文和中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不计</translation>
    </message>
    <message>
        <source>damage of the rarest event</source>
        <translation>按最罕见事件的损失计</translation>
    </message>
    <message>
        <source>straight over the probability</source>
        <translation>随概率线性变化</translation>
    </message>
    <message>
        <source>straight over the logarithm of the return period</source>
        <translation>随重现期的对数线性变化</translation>
    </message>
    <message>
        <source>small car</source>
        <translation>小型轿车</translation>
    </message>
    <message>
        <source>large car</source>
        <translation>大型轿车</translation>
    </message>
    <message>
        <source>four-wheel drive</source>
        <translation>四驱车</translation>
    </message>
    <message>
        <source>Asia</source>
        <translation>亚洲</translation>
    </message>
    <message>
        <source>Africa</source>
        <translation>非洲</translation>
    </message>
    <message>
        <source>Europe</source>
        <translation>欧洲</translation>
    </message>
    <message>
        <source>North America</source>
        <translation>北美洲</translation>
    </message>
    <message>
        <source>Oceania</source>
        <translation>大洋洲</translation>
    </message>
    <message>
        <source>South America</source>
        <translation>南美洲</translation>
    </message>
    <message>
        <source>[Not selected]</source>
        <translation>[未选择]</translation>
    </message>
    <message>
        <source>road closures</source>
        <translation>道路封闭</translation>
    </message>
    <message>
        <source>road openings</source>
        <translation>道路恢复</translation>
    </message>
    <message>
        <source>end of the run</source>
        <translation>模拟结束</translation>
    </message>
    <message>
        <source>operating</source>
        <translation>运营</translation>
    </message>
    <message>
        <source>under construction</source>
        <translation>在建</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已批复</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>other states</source>
        <translation>其他状态</translation>
    </message>
    <message>
        <source>option below ground</source>
        <translation>地下方案</translation>
    </message>
    <message>
        <source>option at grade</source>
        <translation>地面方案</translation>
    </message>
    <message>
        <source>option above ground</source>
        <translation>高架方案</translation>
    </message>
    <message>
        <source>clash</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>levels unknown</source>
        <translation>标高未知</translation>
    </message>
    <message>
        <source>over the structure</source>
        <translation>位于结构上方</translation>
    </message>
    <message>
        <source>under the structure</source>
        <translation>位于结构下方</translation>
    </message>
    <message>
        <source>beside, in the zone</source>
        <translation>旁侧，保护区内</translation>
    </message>
    <message>
        <source>below the flood</source>
        <translation>低于洪水位</translation>
    </message>
    <message>
        <source>above the flood</source>
        <translation>高于洪水位</translation>
    </message>
    <message>
        <source>no water near</source>
        <translation>附近无水</translation>
    </message>
</context>
<context>
    <name>CompareFloods</name>
    <message>
        <source>Compare floods</source>
        <translation>洪水对比</translation>
    </message>
    <message>
        <source>&lt;p&gt;Compares two flood runs of one area: where B is deeper or shallower than A, where only one of them is wet, and the figures of both in a table, with the settings that differ. Two runs of the same input differ by 0.&lt;/p&gt;&lt;p&gt;Choose the maximum depths of both runs. Levels, arrival times, hazard and summaries are taken from the folders of the depths, where they are of the same run. Runs in two coordinate reference systems or at two places are refused. Cells of B that are not those of A are brought onto them by the nearest neighbour; the log says so.&lt;/p&gt;</source>
        <translation>&lt;p&gt;对比同一区域的两次内涝模拟：B 比 A 深或浅的位置、仅其中一次淹没的位置，并以表格列出两者的指标及不同的设置。输入相同的两次模拟差值为 0。&lt;/p&gt;&lt;p&gt;请选择两次模拟的最大水深。水位、到达时间、危险等级和摘要取自水深所在文件夹中属于同一次模拟的文件。坐标参考系不同或位置不同的模拟将被拒绝。B 的像元与 A 不一致时，按最邻近法取到 A 的像元上，并在日志中说明。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Maximum depth of run {side}</source>
        <translation>模拟 {side} 的最大水深</translation>
    </message>
    <message>
        <source>Output DEPTH_MAX of a flood simulation, or depths of another program, in metres.</source>
        <translation>内涝模拟的输出 DEPTH_MAX，或其他程序的水深，单位为米。</translation>
    </message>
    <message>
        <source>Depths that differ by no more count as the same.</source>
        <translation>水深之差不超过该值时视为相同。</translation>
    </message>
    <message>
        <source>Same to (m)</source>
        <translation>相同的容差（m）</translation>
    </message>
    <message>
        <source>Depth from which a cell counts as wet.</source>
        <translation>像元计为淹没的起始水深。</translation>
    </message>
    <message>
        <source>Wet from (m)</source>
        <translation>淹没起算水深（m）</translation>
    </message>
    <message>
        <source>Building risk of run {side}</source>
        <translation>模拟 {side} 的建筑风险</translation>
    </message>
    <message>
        <source>Output of &apos;Building risk&apos; for this run: the table counts buildings by class.</source>
        <translation>该次模拟的“建筑风险”输出：表格按等级统计建筑数量。</translation>
    </message>
    <message>
        <source>Difference of depths</source>
        <translation>水深差</translation>
    </message>
    <message>
        <source>Depth of B minus depth of A, in metres; no data where both are dry.</source>
        <translation>B 的水深减 A 的水深，单位为米；两者均未淹没处为无数据。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>0 dry, 1 the same, 2 deeper in B, 3 shallower in B, 4 wet in B only, 5 wet in A only.</source>
        <translation>0 未淹没，1 相同，2 B 更深，3 B 更浅，4 仅 B 淹没，5 仅 A 淹没。</translation>
    </message>
    <message>
        <source>Difference of water levels</source>
        <translation>水位差</translation>
    </message>
    <message>
        <source>Level of B minus level of A, in metres; no data where one is dry.</source>
        <translation>B 的水位减 A 的水位，单位为米；任一未淹没处为无数据。</translation>
    </message>
    <message>
        <source>Difference of arrival times</source>
        <translation>到达时间差</translation>
    </message>
    <message>
        <source>Minutes that the water comes later in B than in A; no data where one is dry.</source>
        <translation>B 比 A 晚到达的分钟数；任一未淹没处为无数据。</translation>
    </message>
    <message>
        <source>Comparison of figures</source>
        <translation>指标对比表</translation>
    </message>
    <message>
        <source>A row for each figure: its value in A and B, the difference, and that in percent.</source>
        <translation>每项指标一行：A 与 B 的值、差值及百分比。</translation>
    </message>
    <message>
        <source>Largest difference of depths (m)</source>
        <translation>最大水深差（m）</translation>
    </message>
    <message>
        <source>Area wet in A only (m²)</source>
        <translation>仅 A 淹没的面积（m²）</translation>
    </message>
    <message>
        <source>Area wet in B only (m²)</source>
        <translation>仅 B 淹没的面积（m²）</translation>
    </message>
    <message>
        <source>Area deeper in B (m²)</source>
        <translation>B 更深的面积（m²）</translation>
    </message>
    <message>
        <source>Area shallower in B (m²)</source>
        <translation>B 更浅的面积（m²）</translation>
    </message>
    <message>
        <source>Output {output} of the flood simulation; empty: that of the run in the folder of the depths.</source>
        <translation>内涝模拟的输出 {output}；留空：取水深所在文件夹中该次模拟的文件。</translation>
    </message>
    <message>
        <source>Maximum water level of run {side}</source>
        <translation>模拟 {side} 的最高水位</translation>
    </message>
    <message>
        <source>Arrival time of run {side}</source>
        <translation>模拟 {side} 的到达时间</translation>
    </message>
    <message>
        <source>Hazard of run {side}</source>
        <translation>模拟 {side} 的危险等级</translation>
    </message>
    <message>
        <source>Flood over time of run {side}</source>
        <translation>模拟 {side} 的内涝过程</translation>
    </message>
    <message>
        <source>Output RESULT of the flood simulation, where there is no raster of depths.</source>
        <translation>没有水深栅格时，使用内涝模拟的输出 RESULT。</translation>
    </message>
    <message>
        <source>Summary of run {side}</source>
        <translation>模拟 {side} 的摘要</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Wet in B only {only_b} m², in A only {only_a} m²; deeper in B {deeper} m², shallower {shallower} m²; largest difference {largest} m.</source>
        <translation>仅 B 淹没 {only_b} m²，仅 A 淹没 {only_a} m²；B 更深 {deeper} m²，更浅 {shallower} m²；最大差值 {largest} m。</translation>
    </message>
</context>
<context>
    <name>ComparedFloods</name>
    <message>
        <source>The maximum depth of one of the floods is missing: simulate it again with DEPTH_MAX.</source>
        <translation>其中一场洪水的最大水深缺失：请带输出 DEPTH_MAX 重新模拟。</translation>
    </message>
    <message>
        <source>Choose another flood of the project to compare with.</source>
        <translation>请选择项目中的另一场洪水进行对比。</translation>
    </message>
    <message>
        <source>Comparison: {a} → {b}</source>
        <translation>对比：{a} → {b}</translation>
    </message>
    <message>
        <source>Depth of B minus depth of A</source>
        <translation>B 的水深减 A 的水深</translation>
    </message>
    <message>
        <source>Change from A to B</source>
        <translation>从 A 到 B 的变化</translation>
    </message>
    <message>
        <source>Figures of A and B</source>
        <translation>A 与 B 的指标</translation>
    </message>
    <message>
        <source>B: {wet} ha newly wet, {dry} ha no longer wet; the depth changes by {most} m at most.</source>
        <translation>B：新增淹没 {wet} 公顷，不再淹没 {dry} 公顷；水深变化最大 {most} m。</translation>
    </message>
</context>
<context>
    <name>ComparisonPanel</name>
    <message>
        <source>The flood that is compared with the one shown; it is B.</source>
        <translation>与所示洪水对比的洪水，即 B。</translation>
    </message>
    <message>
        <source>Write the differences as layers, and list the figures of both floods here.</source>
        <translation>将差值写为图层，并在此列出两场洪水的指标。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Show A left and B right of a line on the map; drag it. Escape ends it.</source>
        <translation>在地图上以分割线左侧显示 A、右侧显示 B；可拖动分割线，按 Esc 结束。</translation>
    </message>
    <message>
        <source>B - A</source>
        <translation>B - A</translation>
    </message>
    <message>
        <source>Figures of both floods, then the settings that differ.</source>
        <translation>两场洪水的指标，其后为不同的设置。</translation>
    </message>
    <message>
        <source>End the swipe</source>
        <translation>结束卷帘</translation>
    </message>
    <message>
        <source>Swipe on the map</source>
        <translation>在地图上卷帘</translation>
    </message>
</context>
<context>
    <name>ContingencyPlan</name>
    <message>
        <source>Contingency plan</source>
        <translation>应急预案</translation>
    </message>
    <message>
        <source>&lt;p&gt;Makes a plan from the floods of several warning levels: which buildings, people and assets each level hits, which roads close when, who goes to which shelter by which roads and until when, where pumps and barriers go, and who does what.&lt;/p&gt;&lt;p&gt;Simulate a storm for each level, assess the buildings with each run (&apos;Building risk&apos; with RESULT), and give the layers from the lowest level. A road must be left before it closes; people go to shelters by minimum-cost flow, never into water, and those without a place are listed.&lt;/p&gt;&lt;p&gt;PLAN stores all of it as JSON; with PREVIOUS it becomes the next version, and CHANGES has what differs. Thresholds, check-lists and needs are editable tables: those that ship with the plugin are examples and no city&apos;s plan.&lt;/p&gt;</source>
        <translation>&lt;p&gt;根据多个预警等级的内涝结果编制预案：各等级影响哪些建筑、人员和设施，哪些道路何时封闭，哪些人最晚何时经哪些道路前往哪个避难场所，水泵和挡水板布置在哪里，以及谁负责什么。&lt;/p&gt;&lt;p&gt;请为每个等级模拟一场暴雨，用每次模拟评估建筑（“建筑风险”，并给出 RESULT），然后从最低等级起提供各图层。必须在道路封闭之前驶离该道路；人员按最小费用流分配到避难场所，绝不进入水中，无处安置的人员会逐一列出。&lt;/p&gt;&lt;p&gt;PLAN 以 JSON 保存全部内容；给出 PREVIOUS 时成为下一版本，CHANGES 列出差异。阈值、任务清单和物资需求都是可编辑的表：随插件提供的表仅为示例，不是任何城市的预案。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Language of REPORT and PAGE: English, Chinese, or both.</source>
        <translation>REPORT 和 PAGE 的语言：英文、中文或两者。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Buildings hit at the highest level</source>
        <translation>最高等级受影响的建筑数</translation>
    </message>
    <message>
        <source>People hit at the highest level</source>
        <translation>最高等级受影响的人数</translation>
    </message>
    <message>
        <source>People with a place at the highest level</source>
        <translation>最高等级已安置的人数</translation>
    </message>
    <message>
        <source>People without a place at the highest level</source>
        <translation>最高等级无处安置的人数</translation>
    </message>
    <message>
        <source>Closed roads at the highest level</source>
        <translation>最高等级封闭的道路数</translation>
    </message>
    <message>
        <source>Version of the plan</source>
        <translation>预案版本</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>预案 (*.json)</translation>
    </message>
    <message>
        <source>The whole plan: JSON in UTF-8, for PREVIOUS of a later run and for other programs.</source>
        <translation>完整的预案：UTF-8 编码的 JSON，供以后运行的 PREVIOUS 和其他程序使用。</translation>
    </message>
    <message>
        <source>Plan to print</source>
        <translation>打印版预案</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>PDF 文件 (*.pdf)</translation>
    </message>
    <message>
        <source>The plan with maps, tables, check-lists and time lines on A4 pages, with its sources.</source>
        <translation>含地图、表格、任务清单和时间线的 A4 页面预案，并附数据来源。</translation>
    </message>
    <message>
        <source>Plan as a page</source>
        <translation>网页版预案</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <translation>HTML 文件 (*.html)</translation>
    </message>
    <message>
        <source>The same as one file for a browser, which works without a network.</source>
        <translation>同样内容的单个浏览器文件，无需网络即可打开。</translation>
    </message>
    <message>
        <source>The roads that the water closes, by level.</source>
        <translation>各等级因积水封闭的道路。</translation>
    </message>
    <message>
        <source>Closed roads</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>The way of each block of people to its shelter.</source>
        <translation>各疏散单元前往避难场所的路线。</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>疏散路线</translation>
    </message>
    <message>
        <source>All shelters by level: people, share of the capacity, and why one is left out.</source>
        <translation>各等级的全部避难场所：人数、占容量的比例，以及不使用的原因。</translation>
    </message>
    <message>
        <source>Shelters used</source>
        <translation>避难场所使用情况</translation>
    </message>
    <message>
        <source>Who must leave, gathered at the junctions: shelter, last safe departure, people without a place.</source>
        <translation>必须撤离的人员，按路口汇总：避难场所、最晚安全出发时刻、无处安置的人数。</translation>
    </message>
    <message>
        <source>Blocks of people</source>
        <translation>疏散单元</translation>
    </message>
    <message>
        <source>Where pumps and barriers go, until when, and why.</source>
        <translation>水泵和挡水板布置在哪里、最迟何时到位及原因。</translation>
    </message>
    <message>
        <source>Measures placed</source>
        <translation>措施布置</translation>
    </message>
    <message>
        <source>Warnings, actions, departures, closures, entries and failures by minute, with the fields begin and end for QGIS&apos;s temporal controller: a drill over the animation of RESULT.</source>
        <translation>按分钟列出预警、任务、出发、封路、进水和停运，含供 QGIS 时态控制器使用的 begin 和 end 字段：可在 RESULT 动画上进行演练。</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Who does what when, by level.</source>
        <translation>各等级谁在何时做什么。</translation>
    </message>
    <message>
        <source>Check-list</source>
        <translation>任务清单</translation>
    </message>
    <message>
        <source>What the plan says otherwise than PREVIOUS.</source>
        <translation>与 PREVIOUS 相比预案的不同之处。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>Building risk of each level</source>
        <translation>各等级的建筑风险</translation>
    </message>
    <message>
        <source>OUTPUT of &apos;Building risk&apos;, a layer for each warning level, from the lowest: its storm stands for the level.</source>
        <translation>“建筑风险”的 OUTPUT，每个预警等级一个图层，从最低等级起：该图层的暴雨代表该等级。</translation>
    </message>
    <message>
        <source>Flood of each level over time</source>
        <translation>各等级的内涝过程</translation>
    </message>
    <message>
        <source>RESULT (.nc) of the flood run of each layer, matched by the ids of the runs, else in their order. Without them there are no closed roads, no routes and no times of the water.</source>
        <translation>各图层对应内涝模拟的 RESULT（.nc），按模拟编号匹配，否则按顺序。没有它们就没有封闭道路、疏散路线和积水时刻。</translation>
    </message>
    <message>
        <source>Ids or names of LEVELS, one for each layer, such as yellow; orange; red. Empty: the highest levels of the table.</source>
        <translation>LEVELS 中的 id 或名称，每个图层一个，例如 yellow; orange; red。空：表中最高的几个等级。</translation>
    </message>
    <message>
        <source>Warning levels</source>
        <translation>预警等级</translation>
    </message>
    <message>
        <source>Roads for closures and routes; they meet where they share a vertex. Fields used: road_id, osm_id or id; name; road_class; speed_km_h or maxspeed; oneway; is_bridge, is_tunnel.</source>
        <translation>用于封路和疏散路线的道路；道路在共用顶点处相连。使用的字段：road_id、osm_id 或 id；name；road_class；speed_km_h 或 maxspeed；oneway；is_bridge、is_tunnel。</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Places that take people. Fields used: shelter_id or id, name, capacity_persons or capacity.</source>
        <translation>接收人员的场所。使用的字段：shelter_id 或 id、name、capacity_persons 或 capacity。</translation>
    </message>
    <message>
        <source>Shelters</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Areas by which buildings and people are added up.</source>
        <translation>按其汇总建筑和人数的区域。</translation>
    </message>
    <message>
        <source>Districts</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Field of the district&apos;s name</source>
        <translation>片区名称字段</translation>
    </message>
    <message>
        <source>Empty: name, district and the like.</source>
        <translation>空：name、district 等。</translation>
    </message>
    <message>
        <source>Substations, pumps and the like. Fields used: asset_id or id; name; threshold_elev_m, the level at which water gets in.</source>
        <translation>变电站、泵站等。使用的字段：asset_id 或 id；name；threshold_elev_m，即进水高程。</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>Rows with asset and needs, ids of ASSETS, roads or buildings; group: rows of one group are alternatives, of which one is enough; backup_h: hours that the asset goes on without.</source>
        <translation>含 asset 和 needs 的行，值为 ASSETS、道路或建筑的 id；group：同组的行互为替代，有一个即可；backup_h：失去后仍能运行的小时数。</translation>
    </message>
    <message>
        <source>What needs what</source>
        <translation>依赖关系</translation>
    </message>
    <message>
        <source>Mobile pumps and barriers that the city has: kind (pump or barrier), name, count, rate_m3s of pumps, height_m of barriers.</source>
        <translation>城市现有的移动水泵和挡水板：kind（pump 或 barrier）、name、count、水泵流量 rate_m3s、挡水板高度 height_m。</translation>
    </message>
    <message>
        <source>Pumps and barriers</source>
        <translation>水泵和挡水板</translation>
    </message>
    <message>
        <source>Openings where barriers go first: RANKING of the flooding of basements.</source>
        <translation>优先布置挡水板的开口：地下室进水的 RANKING。</translation>
    </message>
    <message>
        <source>Ranked openings</source>
        <translation>开口排序</translation>
    </message>
    <message>
        <source>People leave buildings of this risk class and higher.</source>
        <translation>该风险等级及以上建筑内的人员撤离。</translation>
    </message>
    <message>
        <source>People leave from class</source>
        <translation>撤离的起始等级</translation>
    </message>
    <message>
        <source>When people leave, minutes from the start of the run; negative before it. Empty: when the warning of the level is given (lead_time_min in LEVELS).</source>
        <translation>人员出发时刻，自模拟开始的分钟数；负值为开始之前。空：发布该等级预警之时（LEVELS 中的 lead_time_min）。</translation>
    </message>
    <message>
        <source>Departure (min)</source>
        <translation>出发时刻（min）</translation>
    </message>
    <message>
        <source>Field of BUILDING_RISK with the people. Empty: people.</source>
        <translation>BUILDING_RISK 中的人数字段。空：people。</translation>
    </message>
    <message>
        <source>Field of people</source>
        <translation>人数字段</translation>
    </message>
    <message>
        <source>Uses whose people need no shelter, such as the passengers of a metro station. They count as hit, and not as people to be placed.</source>
        <translation>其人员不需要避难场所的用途，例如地铁站的乘客。他们计为受影响人员，但不计入需安置人员。</translation>
    </message>
    <message>
        <source>Uses without shelter</source>
        <translation>不需安置的用途</translation>
    </message>
    <message>
        <source>Closed from (m)</source>
        <translation>封闭水深（m）</translation>
    </message>
    <message>
        <source>Depth that closes a road.</source>
        <translation>使道路封闭的水深。</translation>
    </message>
    <message>
        <source>Depth at a shelter from which nobody is sent there.</source>
        <translation>避难场所处达到该水深时不再安排人员前往。</translation>
    </message>
    <message>
        <source>Shelters dry below (m)</source>
        <translation>避难场所可用水深上限（m）</translation>
    </message>
    <message>
        <source>Speed on roads that have none of their own.</source>
        <translation>没有自身速度的道路所用的速度。</translation>
    </message>
    <message>
        <source>Speed without water (km/h)</source>
        <translation>无积水时的速度（km/h）</translation>
    </message>
    <message>
        <source>How far ends of roads may lie apart and still meet. 0: shared vertices only.</source>
        <translation>道路端点相距多远仍视为相连。0：仅共用顶点。</translation>
    </message>
    <message>
        <source>Ends meet within (m)</source>
        <translation>端点连接距离（m）</translation>
    </message>
    <message>
        <source>How far people and shelters may be from the nearest road.</source>
        <translation>人员和避难场所距最近道路的最大距离。</translation>
    </message>
    <message>
        <source>Road within (m)</source>
        <translation>到道路的距离（m）</translation>
    </message>
    <message>
        <source>Roads are used again after the water</source>
        <translation>退水后道路重新使用</translation>
    </message>
    <message>
        <source>Routes may then use a road again when its water has gone.</source>
        <translation>积水消退后，路线可以重新使用该道路。</translation>
    </message>
    <message>
        <source>Thresholds, names, responses and lead times of the levels, as in warning_levels.csv of the plugin. Empty: that table, with the national signals and variants of Shenzhen.</source>
        <translation>各等级的阈值、名称、响应和提前时间，格式同插件的 warning_levels.csv。空：使用该表，含国家预警信号和深圳的变体。</translation>
    </message>
    <message>
        <source>Table of warning levels</source>
        <translation>预警等级表</translation>
    </message>
    <message>
        <source>What is done by whom at each level, as in plan_actions.csv of the plugin. Empty: that table, which is a synthetic example.</source>
        <translation>各等级由谁做什么，格式同插件的 plan_actions.csv。空：使用该表，它是虚构的示例。</translation>
    </message>
    <message>
        <source>Check-lists</source>
        <translation>任务清单表</translation>
    </message>
    <message>
        <source>Title of the plan. Empty: Contingency plan and the area.</source>
        <translation>预案标题。空：“应急预案”加区域名称。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>The area of the plan.</source>
        <translation>预案所涉区域。</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Who answers for the plan.</source>
        <translation>预案负责人。</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>编制人</translation>
    </message>
    <message>
        <source>Plan before</source>
        <translation>上一版预案</translation>
    </message>
    <message>
        <source>PLAN (.json) of an earlier run: the new plan is its next version, and CHANGES has what differs.</source>
        <translation>以前运行的 PLAN（.json）：新预案为其下一版本，CHANGES 列出差异。</translation>
    </message>
    <message>
        <source>BUILDING_RISK needs a layer of &apos;Building risk&apos; for each level.</source>
        <translation>BUILDING_RISK 需要为每个等级提供一个“建筑风险”图层。</translation>
    </message>
    <message>
        <source>Plan as a project</source>
        <translation>预案工程</translation>
    </message>
    <message>
        <source>QGIS project (*.qgz)</source>
        <translation>QGIS 工程 (*.qgz)</translation>
    </message>
    <message>
        <source>The pages as layouts of a QGIS project, to edit and print again; its layers lie in it.</source>
        <translation>以 QGIS 工程的布局保存的预案页面，可编辑并重新打印；图层保存在工程文件内。</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>The dask scheduler at &apos;{address}&apos; has no worker. Start some and run it again.</source>
        <translation>位于“{address}”的 dask 调度器没有工作进程。请启动若干工作进程后重新运行。</translation>
    </message>
    <message>
        <source>No dask scheduler answers at &apos;{address}&apos; ({error}). Start it, or leave SCHEDULER empty.</source>
        <translation>“{address}”没有 dask 调度器响应（{error}）。请启动调度器，或将 SCHEDULER 留空。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is no GeoPackage: choose a .gpkg file, or the name of a new one.</source>
        <translation>“{path}”不是 GeoPackage：请选择 .gpkg 文件，或填写新文件名。</translation>
    </message>
    <message>
        <source>Another run is updating &apos;{base}&apos;: wait for it to end, or cancel it. A base has one writer at a time.</source>
        <translation>另一次运行正在更新“{base}”：请等待其结束或将其取消。一个底座同一时间只能由一个进程写入。</translation>
    </message>
    <message>
        <source>&apos;{file}&apos; is no table of placements: move it away, and place the model again.</source>
        <translation>“{file}”不是定位表：请将其移走，然后重新为模型定位。</translation>
    </message>
    <message>
        <source>The placement cannot be kept in &apos;{file}&apos; ({reason}): close what has it open, or save the project elsewhere.</source>
        <translation>无法将定位保存到“{file}”（{reason}）：请关闭占用该文件的程序，或将工程另存到其他位置。</translation>
    </message>
    <message>
        <source>The table {table} of &apos;{where}&apos; cannot be opened: is it a twin base, and can it be reached? Run &apos;Update the twin base&apos; on it.</source>
        <translation>无法打开“{where}”的表 {table}：它是孪生底座吗？能否访问？请对其运行“更新孪生底座”。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is not there any more: choose another twin base, or put it back.</source>
        <translation>“{path}”已不存在：请选择其他孪生底座，或恢复该文件。</translation>
    </message>
    <message>
        <source>{name} is being updated by another run: wait for it to end. A base has one writer at a time.</source>
        <translation>{name} 正由另一次运行更新：请等待其结束。一个底座同一时间只能由一个进程写入。</translation>
    </message>
    <message>
        <source>{name} cannot be opened ({reason}): {unlock}test the connection in QGIS&apos;s browser, and ask for the right to create the schema, and for the extension PostGIS.</source>
        <translation>无法打开 {name}（{reason}）：{unlock}请在 QGIS 浏览器中测试该连接，并申请创建模式和安装 PostGIS 扩展的权限。</translation>
    </message>
    <message>
        <source>name a file with QGIS&apos;s master password in QGIS_AUTH_PASSWORD_FILE, </source>
        <translation>请在 QGIS_AUTH_PASSWORD_FILE 中指定保存 QGIS 主密码的文件，</translation>
    </message>
    <message>
        <source>GDAL does not know the CRS &apos;{crs}&apos;: give another one in CRS.</source>
        <translation>GDAL 无法识别坐标参考系“{crs}”：请在 CRS 中指定其他坐标参考系。</translation>
    </message>
    <message>
        <source>{name}: {what} ({text}). Check the disk and the permissions, and run it again: what was committed is kept.</source>
        <translation>{name}：{what}（{text}）。请检查磁盘和权限，然后重新运行：已提交的内容予以保留。</translation>
    </message>
    <message>
        <source>The roughness raster cannot be read: choose another file, or leave it empty.</source>
        <translation>无法读取糙率栅格：请选择其他文件，或留空。</translation>
    </message>
    <message>
        <source>The roughness raster &apos;{layer}&apos; does not overlap the terrain: check its CRS and extent.</source>
        <translation>糙率栅格“{layer}”与地形不重叠：请检查其坐标参考系和范围。</translation>
    </message>
    <message>
        <source>The terrain cannot be read: choose a raster layer or file of heights in DTM.</source>
        <translation>无法读取地形：请在 DTM 中选择高程栅格图层或文件。</translation>
    </message>
    <message>
        <source>The duration must be above 0 min: leave it empty for the rain&apos;s length plus an hour.</source>
        <translation>历时必须大于 0 min：留空则取降雨历时加一小时。</translation>
    </message>
    <message>
        <source>The rain table &apos;{source}&apos; has no field {names}: it needs time_min (end of each step) and depth_mm (rain of the step), as &apos;Design storm&apos; writes them.</source>
        <translation>雨量表“{source}”缺少字段 {names}：需要 time_min（各时段末）和 depth_mm（时段雨量），即“设计暴雨”写出的格式。</translation>
    </message>
    <message>
        <source>The inflow layer '{source}' has no field flow_m3s (discharge in m³/s).</source>
        <translation>入流图层“{source}”没有字段 flow_m3s（流量，m³/s）。</translation>
    </message>
    <message>
        <source>The layer given for {name} cannot be read: choose another one, or leave it empty.</source>
        <translation>无法读取为 {name} 指定的图层：请选择其他图层，或留空。</translation>
    </message>
    <message>
        <source>The rain must not be negative: {total_mm:g} mm.</source>
        <translation>雨量不能为负：{total_mm:g} mm。</translation>
    </message>
    <message>
        <source>No building of &apos;{source}&apos; lies on the terrain: check the CRS of both layers and the extent.</source>
        <translation>“{source}”中没有建筑位于地形上：请检查两个图层的坐标参考系和范围。</translation>
    </message>
    <message>
        <source>This QGIS has no NetCDF driver: install GDAL&apos;s netCDF plugin, or leave RESULT empty.</source>
        <translation>此 QGIS 没有 NetCDF 驱动：请安装 GDAL 的 netCDF 插件，或将 RESULT 留空。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be read as a file: export it to GeoTIFF and choose that.</source>
        <translation>无法将栅格“{layer}”作为文件读取：请导出为 GeoTIFF 后选择该文件。</translation>
    </message>
    <message>
        <source>Neither depths nor levels of the water were given: choose DEPTH, LEVEL or RESULT.</source>
        <translation>没有给出水深或水位：请选择 DEPTH、LEVEL 或 RESULT。</translation>
    </message>
    <message>
        <source>The result &apos;{result}&apos; has no CRS: choose DEPTH or LEVEL too, or run the simulation again.</source>
        <translation>结果“{result}”没有坐标参考系：请同时选择 DEPTH 或 LEVEL，或重新运行模拟。</translation>
    </message>
    <message>
        <source>The result is in {crs} and &apos;{name}&apos; in {crs2}: choose both DEPTH and LEVEL, or reproject the raster.</source>
        <translation>结果的坐标参考系为 {crs}，而“{name}”为 {crs2}：请同时选择 DEPTH 和 LEVEL，或对栅格重投影。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be read or has no CRS: set it with &apos;Assign projection&apos;.</source>
        <translation>栅格“{layer}”无法读取或没有坐标参考系：请用“指定投影”设置。</translation>
    </message>
    <message>
        <source>pip installed nothing: open the details for its words, and check the network and proxy.</source>
        <translation>pip 未安装任何内容：请展开详情查看其输出，并检查网络和代理。</translation>
    </message>
    <message>
        <source>The packages in &apos;{final}&apos; could not be replaced ({strerror}): restart QGIS and install again.</source>
        <translation>无法替换“{final}”中的软件包（{strerror}）：请重启 QGIS 后重新安装。</translation>
    </message>
    <message>
        <source>The polygons could not be put on the grid ({error}): check their geometries.</source>
        <translation>无法将多边形栅格化到网格（{error}）：请检查其几何图形。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; has no CRS: set it in the layer&apos;s properties or with &apos;Assign projection&apos;.</source>
        <translation>栅格“{layer}”没有坐标参考系：请在图层属性中设置，或使用“指定投影”。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is in {crs}, which is not in metres: reproject it to a projected CRS in metres with &apos;Warp (reproject)&apos;.</source>
        <translation>栅格“{layer}”的坐标参考系 {crs} 不以米为单位：请用“变形 (重投影)”将其重投影到以米为单位的投影坐标系。</translation>
    </message>
    <message>
        <source>The extent does not overlap the raster &apos;{layer}&apos;: choose an extent inside it, in any CRS.</source>
        <translation>范围与栅格“{layer}”不重叠：请选择其内部的范围，坐标参考系不限。</translation>
    </message>
    <message>
        <source>Two outputs have the same file &apos;{final}&apos;: give each its own.</source>
        <translation>两个输出使用同一文件“{final}”：请分别指定文件。</translation>
    </message>
    <message>
        <source>The layer could not be written: {sink}. Check the disk and the path.</source>
        <translation>无法写入图层：{sink}。请检查磁盘和路径。</translation>
    </message>
    <message>
        <source>The layer &apos;{source}&apos; has no CRS: set it in the layer&apos;s properties.</source>
        <translation>图层“{source}”没有坐标参考系：请在图层属性中设置。</translation>
    </message>
    <message>
        <source>A feature could not be written: {sink}. Check the disk and the path.</source>
        <translation>无法写入要素：{sink}。请检查磁盘和路径。</translation>
    </message>
    <message>
        <source>QGIS has no authentication configuration named &apos;{name}&apos;: make it under Settings, Options, Authentication.</source>
        <translation>QGIS 中没有名为“{name}”的认证配置：请在“设置 &gt; 选项 &gt; 认证”中创建。</translation>
    </message>
    <message>
        <source>{count} authentication configurations of QGIS are named &apos;{name}&apos;: give them different names (Settings, Options, Authentication).</source>
        <translation>QGIS 中有 {count} 个名为“{name}”的认证配置：请使用不同的名称（设置 &gt; 选项 &gt; 认证）。</translation>
    </message>
    <message>
        <source>The authentication configuration &apos;{name}&apos; could not be opened: enter QGIS&apos;s master password (in qgis_process: the file that QGIS_AUTH_PASSWORD_FILE names), and check the configuration.</source>
        <translation>无法打开认证配置“{name}”：请输入 QGIS 的主密码（在 qgis_process 中用 QGIS_AUTH_PASSWORD_FILE 指定的文件），并检查该配置。</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}): test it in QGIS&apos;s browser.</source>
        <translation>无法读取 {name}（{reason}）：请在 QGIS 浏览器中测试。</translation>
    </message>
    <message>
        <source>QGIS has no PostgreSQL connection &apos;{name}&apos; (it has: {known}). Make it in the browser panel.</source>
        <translation>QGIS 中没有 PostgreSQL 连接“{name}”（现有：{known}）。请在浏览器面板中创建。</translation>
    </message>
    <message>
        <source>The password of the database would stand in the project: nothing was written.</source>
        <translation>工程中会出现数据库密码：未写入任何内容。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; cannot be copied into &apos;{path}&apos; ({value}): free some space.</source>
        <translation>无法将“{title}”复制到“{path}”（{value}）：请释放空间。</translation>
    </message>
    <message>
        <source>There is no twin base &apos;{path}&apos;: choose the GeoPackage that &apos;Update the twin base&apos; wrote.</source>
        <translation>孪生底座“{path}”不存在：请选择“更新孪生底座”写出的 GeoPackage。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; holds no table of a twin base: choose the file that &apos;Update the twin base&apos; wrote.</source>
        <translation>“{path}”中没有孪生底座的表：请选择“更新孪生底座”写出的文件。</translation>
    </message>
    <message>
        <source>The connection &apos;{connection}&apos; names a service of PostgreSQL, which other machines do not know: publish with a connection that names host, port and database.</source>
        <translation>连接“{connection}”使用 PostgreSQL 服务名，其他机器无法识别：请用指定主机、端口和数据库的连接发布。</translation>
    </message>
    <message>
        <source>The schema &apos;{schema}&apos; holds no table of a twin base: give the one that it was written to.</source>
        <translation>模式“{schema}”中没有孪生底座的表：请指定底座所在的模式。</translation>
    </message>
    <message>
        <source>The database of the connection &apos;{connection}&apos; cannot be read: test the connection in QGIS&apos;s browser.</source>
        <translation>无法读取连接“{connection}”的数据库：请在 QGIS 浏览器中测试该连接。</translation>
    </message>
    <message>
        <source>The summary &apos;{path}&apos; holds no table of values: choose the .json of the flood simulation.</source>
        <translation>摘要“{path}”中没有数值表：请选择内涝模拟的 .json 文件。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no field risk_class: choose the output of &apos;Building risk&apos;.</source>
        <translation>图层“{layer}”没有字段 risk_class：请选择“建筑风险”的输出。</translation>
    </message>
    <message>
        <source>The summary &apos;{path}&apos; cannot be read ({error}): choose the .json that the flood simulation wrote.</source>
        <translation>无法读取摘要“{path}”（{error}）：请选择内涝模拟写出的 .json 文件。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; could not be created ({reason}): close it elsewhere or choose another folder.</source>
        <translation>无法创建“{path}”（{reason}）：请关闭占用该文件的程序或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The layer &apos;{source}&apos; cannot be opened again: save it to a file first.</source>
        <translation>无法再次打开图层“{source}”：请先将其保存为文件。</translation>
    </message>
    <message>
        <source>The schema &apos;{schema}&apos; holds a table &apos;service&apos; that is no catalogue&apos;s: choose another.</source>
        <translation>模式“{schema}”中的表“service”不属于服务目录：请选择其他模式。</translation>
    </message>
    <message>
        <source>The schema &apos;{schema}&apos; holds no catalogue of services: harvest some into it first.</source>
        <translation>模式“{schema}”中没有服务目录：请先将服务采集到其中。</translation>
    </message>
    <message>
        <source>{name} was written by a newer version of City Twin: update the plugin to use it.</source>
        <translation>{name} 由更新版本的 City Twin 创建：请更新插件后使用。</translation>
    </message>
    <message>
        <source>This QGIS lacks psycopg2, which it usually brings: install it, or use a file.</source>
        <translation>此 QGIS 缺少通常自带的 psycopg2：请安装，或使用文件。</translation>
    </message>
    <message>
        <source>{name} does not exist: harvest services into it first, or name another schema.</source>
        <translation>{name} 不存在：请先将服务采集到其中，或指定其他模式。</translation>
    </message>
    <message>
        <source>{name} cannot be used ({reason}): test the connection in QGIS&apos;s browser, and ask for the right to read and write the schema, and for the extension PostGIS.</source>
        <translation>无法使用 {name}（{reason}）：请在 QGIS 浏览器中测试该连接，并申请读写该模式和使用 PostGIS 扩展的权限。</translation>
    </message>
    <message>
        <source>Give a GeoPackage in CATALOGUE, or a connection in CONNECTION, and not both.</source>
        <translation>请在 CATALOGUE 中指定 GeoPackage，或在 CONNECTION 中指定连接，二者只能选其一。</translation>
    </message>
    <message>
        <source>The service sends its features in &apos;{name}&apos;, a CRS that QGIS does not know.</source>
        <translation>服务返回的要素采用坐标参考系“{name}”，QGIS 无法识别。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; does not exist: give a folder with GIS files, or a file.</source>
        <translation>“{url}”不存在：请指定含 GIS 文件的文件夹，或一个文件。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; cannot be opened from &apos;{url}&apos;: check that it is still there, and harvest it again.</source>
        <translation>无法从“{url}”打开“{title}”：请检查其是否仍存在，并重新采集。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; is no file of this machine: its record is not opened.</source>
        <translation>“{url}”不是本机的文件：不打开其记录。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is a raster: it has no features to ask for. Add it to the map.</source>
        <translation>“{title}”是栅格：没有可查询的要素。请将其添加到地图。</translation>
    </message>
    <message>
        <source>The record &apos;{title}&apos; names no table (&apos;{layer}&apos;): harvest it again.</source>
        <translation>记录“{title}”没有指明表（“{layer}”）：请重新采集。</translation>
    </message>
    <message>
        <source>The connection &apos;{name}&apos; cannot be used: {reason}</source>
        <translation>无法使用连接“{name}”：{reason}</translation>
    </message>
    <message>
        <source>No table has observations for &apos;{schema}.{name}&apos;: it would have a column &apos;{stem}_id&apos; or a foreign key to it, a column with times and one with values.</source>
        <translation>没有表保存“{schema}.{name}”的观测值：该表应有列“{stem}_id”或指向它的外键，以及一个时间列和一个数值列。</translation>
    </message>
    <message>
        <source>The table &apos;{layer}&apos; of &apos;{url}&apos; no longer exists or has no geometry: harvest it again.</source>
        <translation>“{url}”的表“{layer}”已不存在或没有几何图形：请重新采集。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; is neither an address (https://...), nor a folder or file that exists, nor a PostgreSQL connection of QGIS: correct it.</source>
        <translation>“{url}”既不是地址（https://...），也不是现有的文件夹或文件，也不是 QGIS 的 PostgreSQL 连接：请更正。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is synthetic: there is no service behind it.</source>
        <translation>“{title}”是演示用的虚构记录：没有对应的服务。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; was not added: {reason}</source>
        <translation>未添加“{title}”：{reason}</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; was not added: its server sends QGIS on to &apos;{others}&apos;, where the login must not go. Ask whoever runs the service to put its addresses right.</source>
        <translation>未添加“{title}”：其服务器将 QGIS 转到“{others}”，登录信息不得发往该处。请联系服务管理者更正其地址。</translation>
    </message>
    <message>
        <source>QGIS cannot open &apos;{title}&apos; ({reason}): ask it with &apos;Query a service&apos; instead.</source>
        <translation>QGIS 无法打开“{title}”（{reason}）：请改用“查询服务”。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; ends with &apos;{end}&apos;, which is not read from the web: download it first.</source>
        <translation>“{title}”以“{end}”结尾，不从网络读取：请先下载。</translation>
    </message>
    <message>
        <source>The folder {root} does not exist. Choose the folder that holds the models.</source>
        <translation>文件夹 {root} 不存在。请选择存放模型的文件夹。</translation>
    </message>
    <message>
        <source>The folder {root} holds no .ifc or .ifczip file, nor does any folder in it.{why} Choose another.</source>
        <translation>文件夹 {root} 及其子文件夹中没有 .ifc 或 .ifczip 文件。{why}请选择其他文件夹。</translation>
    </message>
    <message>
        <source>No model is given. Choose IFC files in MODELS or a folder in FOLDER.</source>
        <translation>没有指定模型。请在 MODELS 中选择 IFC 文件，或在 FOLDER 中选择文件夹。</translation>
    </message>
    <message>
        <source>The twin base holds &apos;{id}&apos; already, from &apos;{path}&apos;, which is another file than &apos;{path2}&apos;. Give the folder above both, or another twin base for this folder.</source>
        <translation>孪生底座中已有“{id}”，来自“{path}”，与“{path2}”不是同一文件。请指定二者的上级文件夹，或为该文件夹使用另一个孪生底座。</translation>
    </message>
    <message>
        <source>{parameter} is &apos;{name}&apos;, which is not a known CRS. Give a code such as EPSG:4547.</source>
        <translation>{parameter} 为“{name}”，不是已知的坐标参考系。请填写代码，例如 EPSG:4547。</translation>
    </message>
    <message>
        <source>{name} cannot be parsed: its statements are damaged. Export it again.</source>
        <translation>无法解析 {name}：其语句已损坏。请重新导出。</translation>
    </message>
    <message>
        <source>Row {row} of PLACEMENTS has no {name}. Give the coordinates of the model&apos;s zero point.</source>
        <translation>PLACEMENTS 的第 {row} 行没有 {name}。请填写模型原点的坐标。</translation>
    </message>
    <message>
        <source>Row {number} of PLACEMENTS has no path. Give the model&apos;s path, or delete the row.</source>
        <translation>PLACEMENTS 的第 {number} 行没有路径。请填写模型的路径，或删除该行。</translation>
    </message>
    <message>
        <source>Row {number} of PLACEMENTS ({path}) names the CRS &apos;{crs}&apos;, which is not known. Give a code such as EPSG:4547.</source>
        <translation>PLACEMENTS 的第 {number} 行（{path}）指定的坐标参考系“{crs}”未知。请填写代码，例如 EPSG:4547。</translation>
    </message>
    <message>
        <source>Row {row} of PLACEMENTS has &apos;{value}&apos; as {name}, which is no number.</source>
        <translation>PLACEMENTS 的第 {row} 行的 {name} 为“{value}”，不是数字。</translation>
    </message>
    <message>
        <source>The worker processes end as soon as they start. Check QGIS&apos;s Python and its packages.</source>
        <translation>工作进程启动后立即结束。请检查 QGIS 的 Python 及其软件包。</translation>
    </message>
    <message>
        <source>{name} is empty (0 bytes of content). Export or copy it again.</source>
        <translation>{name} 为空（内容为 0 字节）。请重新导出或复制。</translation>
    </message>
    <message>
        <source>{name} is a Git LFS pointer, not the model itself. Fetch it with &apos;git lfs pull&apos;.</source>
        <translation>{name} 是 Git LFS 指针文件，不是模型本身。请用“git lfs pull”获取。</translation>
    </message>
    <message>
        <source>{name} is IFC-XML, which is not read. Export it as a STEP file (.ifc).</source>
        <translation>{name} 是 IFC-XML，不予读取。请导出为 STEP 文件（.ifc）。</translation>
    </message>
    <message>
        <source>{name} is not an IFC file: it does not start with ISO-10303-21. Check what it is.</source>
        <translation>{name} 不是 IFC 文件：开头不是 ISO-10303-21。请检查其内容。</translation>
    </message>
    <message>
        <source>{name} is a folder, a pipe or a device, not a file. Choose the model itself.</source>
        <translation>{name} 是文件夹、管道或设备，不是文件。请选择模型文件本身。</translation>
    </message>
    <message>
        <source>{name} is a damaged or encrypted zip file: {error}. Copy it again.</source>
        <translation>{name} 是损坏或加密的 zip 文件：{error}。请重新复制。</translation>
    </message>
    <message>
        <source>{name} is a zip file without an .ifc file in it. Check what it is.</source>
        <translation>{name} 是不含 .ifc 文件的 zip 文件。请检查其内容。</translation>
    </message>
    <message>
        <source>The twin base is in {crs}, and CRS is {target}: leave CRS empty, or choose another twin base.</source>
        <translation>孪生底座的坐标参考系为 {crs}，而 CRS 为 {target}：请将 CRS 留空，或选择其他孪生底座。</translation>
    </message>
    <message>
        <source>{name} holds no building with a shape. Choose the model of a building.</source>
        <translation>{name} 中没有带形体的建筑。请选择建筑模型。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}. Copy it again.</source>
        <translation>无法读取 {name}：{reason}。请重新复制。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no building of {file_name}. Load the model and run the building risk on it first.</source>
        <translation>图层“{layer}”中没有 {file_name} 的建筑。请先加载该模型并运行建筑风险。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has {file_name} several times ({names}). Select the rows of one.</source>
        <translation>图层“{layer}”中多次出现 {file_name}（{names}）。请选择其中一个的记录。</translation>
    </message>
    <message>
        <source>{name} ends before its data do, so that nothing can be added. Export or copy it again.</source>
        <translation>{name} 在数据结束前中断，无法添加内容。请重新导出或复制。</translation>
    </message>
    <message>
        <source>{name} already holds the property set {set_name}. Choose the model that was written first.</source>
        <translation>{name} 已含属性集 {set_name}。请选择最初写入前的模型。</translation>
    </message>
    <message>
        <source>{name} has no ids left for new entities (the last is #{last}). Export it again.</source>
        <translation>{name} 已没有可用于新实体的编号（最后一个为 #{last}）。请重新导出。</translation>
    </message>
    <message>
        <source>The raster&apos;s cells must have a width and a height above 0.</source>
        <translation>栅格网格单元的宽度和高度必须大于 0。</translation>
    </message>
    <message>
        <source>The area asked for lies outside of {target}: choose a smaller one.</source>
        <translation>请求的范围位于 {target} 之外：请选择较小的范围。</translation>
    </message>
    <message>
        <source>The coordinate system &apos;{name}&apos; is not known: give the service another one in its record.</source>
        <translation>坐标系“{name}”未知：请在服务记录中指定其他坐标系。</translation>
    </message>
    <message>
        <source>A position cannot be brought from {source} to {target}: it lies outside of it.</source>
        <translation>无法将位置从 {source} 转换到 {target}：超出其适用范围。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be read ({reason}): choose another.</source>
        <translation>无法读取“{path}”（{reason}）：请选择其他文件。</translation>
    </message>
    <message>
        <source>A grid needs rows and columns, not an array of {ndim} dimensions.</source>
        <translation>网格需要行和列，而不是 {ndim} 维数组。</translation>
    </message>
    <message>
        <source>The cell size must be above 0 m, not {cell_m}.</source>
        <translation>网格单元大小必须大于 0 m，而不是 {cell_m}。</translation>
    </message>
    <message>
        <source>Expected {shape} cells, got {shape2}.</source>
        <translation>应有 {shape} 个网格单元，实际为 {shape2}。</translation>
    </message>
    <message>
        <source>No Python {version_info}.{version_info2} was found below {prefix}: reinstall QGIS with its Python, or install the packages by hand as the guide says.</source>
        <translation>在 {prefix} 下没有找到 Python {version_info}.{version_info2}：请重新安装带 Python 的 QGIS，或按指南手动安装软件包。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is a file, not a folder: choose a new or an empty folder.</source>
        <translation>“{path}”是文件，不是文件夹：请选择新的或空的文件夹。</translation>
    </message>
    <message>
        <source>The folder &apos;{path}&apos; already holds files and is left as it is: choose a new or an empty folder.</source>
        <translation>文件夹“{path}”中已有文件，保持原样：请选择新的或空的文件夹。</translation>
    </message>
    <message>
        <source>ArcGIS takes no collection of different geometries.</source>
        <translation>ArcGIS 不支持由不同几何类型组成的集合。</translation>
    </message>
    <message>
        <source>ArcGIS finds no patterns with escaped characters or without accents.</source>
        <translation>ArcGIS 不支持含转义字符或忽略重音的模式匹配。</translation>
    </message>
    <message>
        <source>A number that is infinite or none cannot be written.</source>
        <translation>无法写出无穷大或非数值的数字。</translation>
    </message>
    <message>
        <source>A text with a backslash is not sent to ArcGIS.</source>
        <translation>含反斜杠的文本不发送给 ArcGIS。</translation>
    </message>
    <message>
        <source>The server&apos;s small letters are not CQL2&apos;s for this text.</source>
        <translation>对于该文本，服务器的小写字母规则与 CQL2 不同。</translation>
    </message>
    <message>
        <source>ArcGIS cannot relate geometries this way.</source>
        <translation>ArcGIS 不支持这种几何关系。</translation>
    </message>
    <message>
        <source>ArcGIS has no words for a part of this filter.</source>
        <translation>ArcGIS 无法表达该过滤条件的一部分。</translation>
    </message>
    <message>
        <source>ArcGIS does not know a function or an operation of this filter.</source>
        <translation>ArcGIS 不支持该过滤条件的某个函数或运算。</translation>
    </message>
    <message>
        <source>ArcGIS takes times to the second.</source>
        <translation>ArcGIS 的时间只精确到秒。</translation>
    </message>
    <message>
        <source>ArcGIS takes one geometry in a query.</source>
        <translation>ArcGIS 的一次查询只能有一个几何图形。</translation>
    </message>
    <message>
        <source>“{name}” is no name of a field in ArcGIS.</source>
        <translation>“{name}”不是有效的 ArcGIS 字段名。</translation>
    </message>
    <message>
        <source>A property without a name cannot be asked for.</source>
        <translation>无法查询没有名称的属性。</translation>
    </message>
    <message>
        <source>CQL2 text cannot hold a backslash before a quotation mark or at the end of a text.</source>
        <translation>CQL2 文本不能在引号前或文本末尾含反斜杠。</translation>
    </message>
    <message>
        <source>A value that is neither true nor false stands where a condition should.</source>
        <translation>条件的位置上出现了既非真也非假的值。</translation>
    </message>
    <message>
        <source>The function “{name}” has a name that CQL2 text cannot hold.</source>
        <translation>函数名“{name}”无法用 CQL2 文本表示。</translation>
    </message>
    <message>
        <source>The filter in JSON cannot be read at {given}: {expected}.</source>
        <translation>无法在 {given} 处读取 JSON 过滤条件：{expected}。</translation>
    </message>
    <message>
        <source>The filter in JSON is nested deeper than {nesting_limit}: simplify it.</source>
        <translation>JSON 过滤条件的嵌套深度超过 {nesting_limit}：请简化。</translation>
    </message>
    <message>
        <source>The filter names the field “{name}”, which the layer lacks; it has: {listed}.</source>
        <translation>过滤条件使用了图层没有的字段“{name}”；现有字段：{listed}。</translation>
    </message>
    <message>
        <source>An interval can only stand in a function such as T_INTERSECTS.</source>
        <translation>区间只能出现在 T_INTERSECTS 等函数中。</translation>
    </message>
    <message>
        <source>The function “{name}” is not known here: only CASEI and ACCENTI are.</source>
        <translation>此处不支持函数“{name}”：仅支持 CASEI 和 ACCENTI。</translation>
    </message>
    <message>
        <source>A text with control characters cannot stand in XML.</source>
        <translation>XML 中不能出现含控制字符的文本。</translation>
    </message>
    <message>
        <source>Filter Encoding compares properties with values.</source>
        <translation>Filter Encoding 只比较属性与数值。</translation>
    </message>
    <message>
        <source>Filter Encoding finds no patterns without accents or in functions.</source>
        <translation>Filter Encoding 不支持忽略重音或函数中的模式匹配。</translation>
    </message>
    <message>
        <source>Servers of the older Filter Encoding (QGIS Server) do not find escaped characters.</source>
        <translation>旧版 Filter Encoding 的服务器（QGIS Server）不支持转义字符。</translation>
    </message>
    <message>
        <source>“{name}” is no name of a property in XML.</source>
        <translation>“{name}”不是有效的 XML 属性名。</translation>
    </message>
    <message>
        <source>Filter Encoding relates a property with a geometry.</source>
        <translation>Filter Encoding 只支持属性与几何图形的关系。</translation>
    </message>
    <message>
        <source>The server does not know the relation {operator}.</source>
        <translation>服务器不支持关系 {operator}。</translation>
    </message>
    <message>
        <source>Filter Encoding has no words for a part of this filter.</source>
        <translation>Filter Encoding 无法表达该过滤条件的一部分。</translation>
    </message>
    <message>
        <source>Filter Encoding does not know the function “{name}”.</source>
        <translation>Filter Encoding 不支持函数“{name}”。</translation>
    </message>
    <message>
        <source>Filter Encoding does not calculate.</source>
        <translation>Filter Encoding 不支持计算。</translation>
    </message>
    <message>
        <source>The filter cannot be read at character {position}, {seen}: {expected}.</source>
        <translation>无法读取过滤条件：第 {position} 个字符处，{seen}：{expected}。</translation>
    </message>
    <message>
        <source>The filter has {count} characters; at most {length_limit} are read: shorten it.</source>
        <translation>过滤条件有 {count} 个字符；最多读取 {length_limit} 个：请缩短。</translation>
    </message>
    <message>
        <source>SensorThings relates geometries of the filter and of the service only.</source>
        <translation>SensorThings 只支持过滤条件与服务的几何图形之间的关系。</translation>
    </message>
    <message>
        <source>“{name}” is no name of a property in OData.</source>
        <translation>“{name}”不是有效的 OData 属性名。</translation>
    </message>
    <message>
        <source>A text with a zero character cannot be written.</source>
        <translation>无法写出含零字符的文本。</translation>
    </message>
    <message>
        <source>A list of more than {options_limit} values is too long for an address.</source>
        <translation>超过 {options_limit} 个值的列表对地址而言过长。</translation>
    </message>
    <message>
        <source>SensorThings finds texts only at the start, at the end, or anywhere.</source>
        <translation>SensorThings 只能在开头、结尾或任意位置查找文本。</translation>
    </message>
    <message>
        <source>The server relates no geometries.</source>
        <translation>服务器不支持几何关系。</translation>
    </message>
    <message>
        <source>SensorThings has no words for a part of this filter.</source>
        <translation>SensorThings 无法表达该过滤条件的一部分。</translation>
    </message>
    <message>
        <source>SensorThings does not know a function or an operation of this filter.</source>
        <translation>SensorThings 不支持该过滤条件的某个函数或运算。</translation>
    </message>
    <message>
        <source>The filter is empty: write a condition such as &quot;level &gt; 3&quot;, or leave it out.</source>
        <translation>过滤条件为空：请填写条件，例如 &quot;level &gt; 3&quot;，或不填。</translation>
    </message>
    <message>
        <source>The database cannot compare texts without case or accents as CQL2 does.</source>
        <translation>数据库无法像 CQL2 那样忽略大小写或重音来比较文本。</translation>
    </message>
    <message>
        <source>SQLite has no relations of geometries.</source>
        <translation>SQLite 不支持几何关系。</translation>
    </message>
    <message>
        <source>The database does not know the functions of this filter.</source>
        <translation>数据库不支持该过滤条件的函数。</translation>
    </message>
    <message>
        <source>The filter names the field “{name}”, which the table lacks; it has: {listed}.</source>
        <translation>过滤条件使用了表中没有的字段“{name}”；现有字段：{listed}。</translation>
    </message>
    <message>
        <source>SQLite has no powers.</source>
        <translation>SQLite 不支持乘方。</translation>
    </message>
    <message>
        <source>“{value}” is not a time.</source>
        <translation>“{value}”不是时间。</translation>
    </message>
    <message>
        <source>The filter is too large: at most {node_limit} parts, {depth_limit} deep, are taken; split it.</source>
        <translation>过滤条件过大：最多 {node_limit} 个部分、{depth_limit} 层；请拆分。</translation>
    </message>
    <message>
        <source>BUILDINGS must be between 1 and {most_buildings:,}, not {count}: choose a number in that range.</source>
        <translation>BUILDINGS 必须在 1 与 {most_buildings:,} 之间，而不是 {count}：请选择该范围内的数。</translation>
    </message>
    <message>
        <source>SEED must be 0 or more, not {seed}: choose another number.</source>
        <translation>SEED 必须大于或等于 0，而不是 {seed}：请选择其他数。</translation>
    </message>
    <message>
        <source>{columns:,} x {rows:,} cells of {cell_m:g} m need {need} of memory and {there} are free: take cells of {proposal:g} m or a smaller extent.</source>
        <translation>{columns:,} x {rows:,} 个 {cell_m:g} m 的网格单元需要 {need} 内存，可用 {there}：请采用 {proposal:g} m 的网格单元或较小的范围。</translation>
    </message>
    <message>
        <source>A custom storm needs A in L/(s·ha) or A1 in mm/min, one of the two, besides B and N.</source>
        <translation>自定义暴雨除 B 和 N 外，还需要 A（L/(s·ha)）或 A1（mm/min），二者选其一。</translation>
    </message>
    <message>
        <source>A custom storm needs B (minutes) and N besides A or A1.</source>
        <translation>自定义暴雨除 A 或 A1 外，还需要 B（分钟）和 N。</translation>
    </message>
    <message>
        <source>The return period must be above 0 years, not {return_period_a:g}.</source>
        <translation>重现期必须大于 0 年，而不是 {return_period_a:g}。</translation>
    </message>
    <message>
        <source>1 + C lg P is {growth:.3g} for C {c:g} and P {return_period_a:g} years, so there would be no rain: check C and the return period.</source>
        <translation>C 为 {c:g}、P 为 {return_period_a:g} 年时，1 + C lg P 为 {growth:.3g}，因此没有降雨：请检查 C 和重现期。</translation>
    </message>
    <message>
        <source>The zone &apos;{zone}&apos; is not in the table of design storms: choose one of {zones}, or custom.</source>
        <translation>设计暴雨表中没有分区“{zone}”：请选择 {zones} 之一，或 custom。</translation>
    </message>
    <message>
        <source>Zone {zone} has no published formula for {return_period_a:g} years: choose one of {listed}, or zone custom with A, B and N.</source>
        <translation>分区 {zone} 没有 {return_period_a:g} 年的已发布公式：请选择 {listed} 之一，或选择 custom 并给出 A、B 和 N。</translation>
    </message>
    <message>
        <source>The duration must be above 0 min, not {duration_min:g}.</source>
        <translation>历时必须大于 0 min，而不是 {duration_min:g}。</translation>
    </message>
    <message>
        <source>The step must be above 0 min, not {step_min:g}.</source>
        <translation>步长必须大于 0 min，而不是 {step_min:g}。</translation>
    </message>
    <message>
        <source>{duration_min:g} min in steps of {step_min:g} min are more than {max_steps} steps: choose a longer step.</source>
        <translation>{duration_min:g} min 按 {step_min:g} min 的步长划分超过 {max_steps} 步：请选择较长的步长。</translation>
    </message>
    <message>
        <source>The peak ratio must be between 0 and 1, not {peak_ratio:g}.</source>
        <translation>雨峰系数必须在 0 与 1 之间，而不是 {peak_ratio:g}。</translation>
    </message>
    <message>
        <source>By {name} the depth shrinks beyond {longest_min:.0f} min, which means nothing: choose a duration below that instead of {duration_min:g} min.</source>
        <translation>按 {name}，超过 {longest_min:.0f} min 后雨量反而减小，没有意义：请选择小于该值的历时，而不是 {duration_min:g} min。</translation>
    </message>
    <message>
        <source>The pattern &apos;{pattern}&apos; is not spread by a formula: give the gauge&apos;s table.</source>
        <translation>雨型“{pattern}”不由公式分配：请提供雨量站数据表。</translation>
    </message>
    <message>
        <source>A, B and N of {name} must be numbers.</source>
        <translation>{name} 的 A、B 和 N 必须是数字。</translation>
    </message>
    <message>
        <source>A of {name} must be above 0 L/(s·ha), not {a:g}.</source>
        <translation>{name} 的 A 必须大于 0 L/(s·ha)，而不是 {a:g}。</translation>
    </message>
    <message>
        <source>B of {name} must be 0 min or more, not {b_min:g}.</source>
        <translation>{name} 的 B 必须大于或等于 0 min，而不是 {b_min:g}。</translation>
    </message>
    <message>
        <source>N of {name} must be {limit}, not {n:g}.</source>
        <translation>{name} 的 N 必须{limit}，而不是 {n:g}。</translation>
    </message>
    <message>
        <source>The table of design storms &apos;{path}&apos; cannot be read ({error}): restore the plugin&apos;s own.</source>
        <translation>无法读取设计暴雨表“{path}”（{error}）：请恢复插件自带的表。</translation>
    </message>
    <message>
        <source>The table {source} has no rows: choose one with a time in minutes and a depth in mm per row.</source>
        <translation>表 {source} 没有记录：请选择每行含时间（分钟）和雨量（mm）的表。</translation>
    </message>
    <message>
        <source>{times} rows of {source} have no time: give each row the end of its step in minutes.</source>
        <translation>{source} 中有 {times} 行没有时间：请为每行填写时段末的时间（分钟）。</translation>
    </message>
    <message>
        <source>The table {source} has rain at or before 0 min: a time is the end of its step, so add the step to every time.</source>
        <translation>表 {source} 在 0 min 或之前有雨：时间为时段末，请为每个时间加上步长。</translation>
    </message>
    <message>
        <source>The table {source} has no row after 0 min: give the times in minutes.</source>
        <translation>表 {source} 在 0 min 之后没有记录：请以分钟为单位给出时间。</translation>
    </message>
    <message>
        <source>The table {source} has the time {times:g} min more than once: give one row per step (a single gauge).</source>
        <translation>表 {source} 中时间 {times:g} min 出现不止一次：每个时段一行（单个雨量站）。</translation>
    </message>
    <message>
        <source>The rain needs at least one step, with a time and a depth each.</source>
        <translation>降雨至少需要一个时段，含时间和雨量。</translation>
    </message>
    <message>
        <source>The rain has a time or a depth that is not a number.</source>
        <translation>降雨中有不是数字的时间或雨量。</translation>
    </message>
    <message>
        <source>The times of the rain must rise from above 0 min, but row {row} says {end_min:g} min: a time is the end of its step.</source>
        <translation>降雨的时间必须从大于 0 min 起递增，但第 {row} 行为 {end_min:g} min：时间为时段末。</translation>
    </message>
    <message>
        <source>The rain is negative: {depth_mm:g} mm at {end_min:g} min. Correct the table.</source>
        <translation>雨量为负：{end_min:g} min 时为 {depth_mm:g} mm。请更正该表。</translation>
    </message>
    <message>
        <source>The {what} &apos;{value}&apos; of {source} is not a number: correct the row or choose another field.</source>
        <translation>{source} 的 {what}“{value}”不是数字：请更正该行或选择其他字段。</translation>
    </message>
    <message>
        <source>The duration must be above 0 min: give the length of the storm plus the time the water runs on.</source>
        <translation>历时必须大于 0 min：请取降雨历时加上之后水流继续演进的时间。</translation>
    </message>
    <message>
        <source>The terrain has no data in the area of the run: choose another extent or terrain.</source>
        <translation>地形在计算范围内没有数据：请选择其他范围或地形。</translation>
    </message>
    <message>
        <source>The Courant number must be above 0 and at most {limit:.3f} with theta {theta:g}, else waves grow.</source>
        <translation>theta 为 {theta:g} 时，库朗数必须大于 0 且不大于 {limit:.3f}，否则波动会增大。</translation>
    </message>
    <message>
        <source>The initial depth must not be negative.</source>
        <translation>初始水深不能为负。</translation>
    </message>
    <message>
        <source>The roughness raster must cover the same cells as the terrain.</source>
        <translation>糙率栅格必须与地形覆盖相同的网格单元。</translation>
    </message>
    <message>
        <source>Manning&apos;s n must be from 0.001 to 1 s/m^(1/3), not {low:g} to {high:g}.</source>
        <translation>曼宁糙率 n 必须在 0.001 与 1 s/m^(1/3) 之间，而不是 {low:g} 至 {high:g}。</translation>
    </message>
    <message>
        <source>The times of an inflow must rise and each must have its discharge.</source>
        <translation>入流的时间必须递增，且每个时间都有流量。</translation>
    </message>
    <message>
        <source>The discharge of an inflow must not be negative or missing (m³/s).</source>
        <translation>入流的流量不能为负或缺失（m³/s）。</translation>
    </message>
    <message>
        <source>The cells of an inflow must be those of the terrain.</source>
        <translation>入流的网格单元必须与地形一致。</translation>
    </message>
    <message>
        <source>The building cells must be those of the terrain.</source>
        <translation>建筑的网格单元必须与地形一致。</translation>
    </message>
    <message>
        <source>Buildings cover the whole terrain: check the building layer and the extent.</source>
        <translation>建筑覆盖了整个地形：请检查建筑图层和范围。</translation>
    </message>
    <message>
        <source>There are no buildings to assess: choose a layer with footprints.</source>
        <translation>没有可评估的建筑：请选择含建筑轮廓的图层。</translation>
    </message>
    <message>
        <source>The water has no data near the buildings: check that the rasters are the results of a run there.</source>
        <translation>建筑附近没有水数据：请检查栅格是否为该处的模拟结果。</translation>
    </message>
    <message>
        <source>The limits of the risk classes in &apos;{path}&apos; must rise from class to class: correct them.</source>
        <translation>“{path}”中风险等级的阈值必须逐级递增：请更正。</translation>
    </message>
    <message>
        <source>There is no row for the region &apos;{region}&apos; in {name}: choose another region or table.</source>
        <translation>{name} 中没有区域“{region}”的记录：请选择其他区域或表。</translation>
    </message>
    <message>
        <source>The table of risk classes &apos;{path}&apos; has a limit that is no number ({error}): correct it.</source>
        <translation>风险等级表“{path}”中有不是数字的阈值（{error}）：请更正。</translation>
    </message>
    <message>
        <source>The curve &apos;{sector}&apos; of {name} has the same depth twice: give one row per depth.</source>
        <translation>{name} 的曲线“{sector}”中同一水深出现两次：每个水深一行。</translation>
    </message>
    <message>
        <source>m2_per_person of &apos;{use}&apos; in &apos;{path}&apos; must be above 0: correct it or leave it empty.</source>
        <translation>“{path}”中“{use}”的 m2_per_person 必须大于 0：请更正或留空。</translation>
    </message>
    <message>
        <source>m2_per_person of &apos;{use}&apos; in &apos;{path}&apos; is no number ({error}): correct it.</source>
        <translation>“{path}”中“{use}”的 m2_per_person 不是数字（{error}）：请更正。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no FeatureCollection of records: export one from a catalogue of OGC API Records.</source>
        <translation>“{name}”不是记录的 FeatureCollection：请从 OGC API Records 目录导出。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has more than {file_limit:.0f} MB: split it.</source>
        <translation>“{name}”超过 {file_limit:.0f} MB：请拆分。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has more than {records_limit:,} records: split it.</source>
        <translation>“{name}”超过 {records_limit:,} 条记录：请拆分。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; lacks the column {missing}: export a catalogue to see what a table needs.</source>
        <translation>“{name}”缺少列 {missing}：可导出一个目录查看表格所需的列。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no table of comma-separated values ({error}): save it as CSV in UTF-8.</source>
        <translation>“{name}”不是逗号分隔的表格（{error}）：请保存为 UTF-8 的 CSV。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has more than {records_limit:,} rows: split it.</source>
        <translation>“{name}”超过 {records_limit:,} 行：请拆分。</translation>
    </message>
    <message>
        <source>There is no catalogue &apos;{path}&apos;: harvest services into it, or choose another file.</source>
        <translation>目录“{path}”不存在：请将服务采集到其中，或选择其他文件。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; holds a table &apos;service&apos; that is not a catalogue&apos;s: choose another file.</source>
        <translation>“{path}”中的表“service”不属于服务目录：请选择其他文件。</translation>
    </message>
    <message>
        <source>{name} cannot be used ({text}): check the disk and the file.</source>
        <translation>无法使用 {name}（{text}）：请检查磁盘和文件。</translation>
    </message>
    <message>
        <source>{name} is damaged ({error}): restore it from a copy or harvest anew.</source>
        <translation>{name} 已损坏（{error}）：请从备份恢复或重新采集。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; holds no catalogue of services: harvest some into it first.</source>
        <translation>“{path}”中没有服务目录：请先将服务采集到其中。</translation>
    </message>
    <message>
        <source>{name} is being written by another program: save or end editing there, and try again.</source>
        <translation>另一程序正在写入 {name}：请在该程序中保存或结束编辑，然后重试。</translation>
    </message>
    <message>
        <source>Records cannot be ordered by &apos;{order}&apos;, only by {names}.</source>
        <translation>记录不能按“{order}”排序，只能按 {names} 排序。</translation>
    </message>
    <message>
        <source>The offset and the limit of a search must be 0 or more.</source>
        <translation>检索的偏移量和数量上限必须大于或等于 0。</translation>
    </message>
    <message>
        <source>&apos;{wrong}&apos; is no code of the taxonomy such as C07: choose one of the table.</source>
        <translation>“{wrong}”不是 C07 这样的分类代码：请选择表中的代码。</translation>
    </message>
    <message>
        <source>The extent of the search is not one in degrees: give west, south, east, north.</source>
        <translation>检索范围不是以度为单位：请给出西、南、东、北。</translation>
    </message>
    <message>
        <source>The time &apos;{text}&apos; ends before it starts: write it as start/end.</source>
        <translation>时间“{text}”的结束早于开始：请写为 开始/结束。</translation>
    </message>
    <message>
        <source>{name} has no record &apos;{record_id}&apos;: search for it again.</source>
        <translation>{name} 中没有记录“{record_id}”：请重新检索。</translation>
    </message>
    <message>
        <source>&apos;{wrong}&apos; of a record cannot be edited, only {names}.</source>
        <translation>记录的“{wrong}”不能编辑，只能编辑 {names}。</translation>
    </message>
    <message>
        <source>&apos;{whole}&apos; is no time: write a day or an instant such as 2024-06-01 or 2024-06-01T08:00:00Z, or an interval such as 2024-06-01/.. of two of them.</source>
        <translation>“{whole}”不是时间：请填写日期或时刻，例如 2024-06-01 或 2024-06-01T08:00:00Z，或由二者组成的区间，例如 2024-06-01/..。</translation>
    </message>
    <message>
        <source>The taxonomy &apos;{path}&apos; {what}: correct it.</source>
        <translation>分类表“{path}”{what}：请更正。</translation>
    </message>
    <message>
        <source>Line {number} of the taxonomy &apos;{path}&apos; has the code &apos;{code}&apos; below &apos;{parent}&apos;: a category is one letter such as C, a subdivision that letter and figures such as C07.</source>
        <translation>分类表“{path}”的第 {number} 行中，代码“{code}”位于“{parent}”之下：大类为一个字母，例如 C；小类为该字母加数字，例如 C07。</translation>
    </message>
    <message>
        <source>Line {number} of the words &apos;{path}&apos; needs a word, a weight above 0 and in &apos;where&apos; any or some of {names}: correct it.</source>
        <translation>词表“{path}”的第 {number} 行需要一个词、大于 0 的权重，以及“where”中的 any 或 {names} 中的若干项：请更正。</translation>
    </message>
    <message>
        <source>The table of regions &apos;{path}&apos; cannot be read ({error}): it needs the columns region, kind, longitude and latitude, at least three corners for each region, and WGS 84 degrees.</source>
        <translation>无法读取区域表“{path}”（{error}）：需要列 region、kind、longitude 和 latitude，每个区域至少三个角点，坐标为 WGS 84 的度。</translation>
    </message>
    <message>
        <source>&apos;{base}&apos; answers, but in none of the protocols that are known: choose its PROTOCOL, or give the address of the service itself.</source>
        <translation>“{base}”有响应，但不属于任何已知协议：请选择其 PROTOCOL，或给出服务本身的地址。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is no service of observations ({value}): choose one of SensorThings or OGC API EDR, or query it as features.</source>
        <translation>“{title}”不是观测服务（{value}）：请选择 SensorThings 或 OGC API EDR 的服务，或按要素查询。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; shows pictures only: it has no features to ask for. Add it to the map.</source>
        <translation>“{title}”只提供图像：没有可查询的要素。请将其添加到地图。</translation>
    </message>
    <message>
        <source>{count:,} folders or services could not be read. {lost}</source>
        <translation>有 {count:,} 个文件夹或服务无法读取。{lost}</translation>
    </message>
    <message>
        <source>{url} has more than {cells_limit:,} values: ask for a smaller area.</source>
        <translation>{url} 超过 {cells_limit:,} 个值：请选择较小的范围。</translation>
    </message>
    <message>
        <source>Catalogues are asked for texts and a box only.</source>
        <translation>目录服务只能按文本和范围查询。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; answers only queries of the kinds {names}: none of them gives values over an area. Ask for a box where the collection has no extent.</source>
        <translation>“{title}”只响应 {names} 类查询：其中没有按区域取值的查询。对于没有范围的集合，请指定范围框。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; gives its values in {crs}, not in degrees: this is not read.</source>
        <translation>“{title}”的值采用 {crs}，不是以度为单位：不予读取。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>no x, points, paths or rings</source>
        <translation>没有 x、points、paths 或 rings</translation>
    </message>
    <message>
        <source>the geometry is no object</source>
        <translation>几何图形不是对象</translation>
    </message>
    <message>
        <source>curves are not read</source>
        <translation>不读取曲线</translation>
    </message>
    <message>
        <source>a coordinate is no number</source>
        <translation>坐标不是数字</translation>
    </message>
    <message>
        <source>paths or rings are no list</source>
        <translation>paths 或 rings 不是列表</translation>
    </message>
    <message>
        <source>unknown geometry &apos;{name}&apos;</source>
        <translation>未知几何图形“{name}”</translation>
    </message>
    <message>
        <source>a list of coordinates that is cut off</source>
        <translation>坐标列表被截断</translation>
    </message>
    <message>
        <source>a coordinate that is no number</source>
        <translation>坐标不是数字</translation>
    </message>
    <message>
        <source>a box without two corners</source>
        <translation>范围框没有两个角点</translation>
    </message>
    <message>
        <source>a curve of the kind {name}</source>
        <translation>{name} 类曲线</translation>
    </message>
    <message>
        <source>unknown geometry type &apos;{name}&apos;</source>
        <translation>未知几何类型“{name}”</translation>
    </message>
    <message>
        <source>the coordinates are no list</source>
        <translation>坐标不是列表</translation>
    </message>
    <message>
        <source>positions are missing or nested wrongly</source>
        <translation>位置缺失或嵌套有误</translation>
    </message>
    <message>
        <source>more than {positions_limit:,} positions</source>
        <translation>超过 {positions_limit:,} 个位置</translation>
    </message>
    <message>
        <source>positions are nested wrongly</source>
        <translation>位置嵌套有误</translation>
    </message>
    <message>
        <source>a position has fewer than two numbers</source>
        <translation>有位置少于两个数字</translation>
    </message>
    <message>
        <source>a coordinate is no number, or nested wrongly</source>
        <translation>坐标不是数字，或嵌套有误</translation>
    </message>
    <message>
        <source>a coordinate is not finite</source>
        <translation>坐标不是有限值</translation>
    </message>
    <message>
        <source>a line of one position</source>
        <translation>线只有一个位置</translation>
    </message>
    <message>
        <source>a ring of fewer than four positions</source>
        <translation>环少于四个位置</translation>
    </message>
    <message>
        <source>a geometry collection with heights in some of its geometries only</source>
        <translation>几何集合中只有部分几何图形带高程</translation>
    </message>
    <message>
        <source>coordinates are nested wrongly</source>
        <translation>坐标嵌套有误</translation>
    </message>
    <message>
        <source>a geometry collection without a list of geometries, or nested too deep</source>
        <translation>几何集合没有几何列表，或嵌套过深</translation>
    </message>
    <message>
        <source>a coordinate is beyond all limits</source>
        <translation>坐标超出所有限值</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; lists no places (it has {names}): fetch its observations.</source>
        <translation>“{title}”不提供站点列表（它有 {names}）：请获取其观测值。</translation>
    </message>
    <message>
        <source>The service does not claim to know “{needed}” of CQL2.</source>
        <translation>服务未声明支持 CQL2 的“{needed}”。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; refused the request: {reason}</source>
        <translation>“{url}”拒绝了请求：{reason}</translation>
    </message>
    <message>
        <source>{parameters} is no description of a {service}: the service does not answer as it should.</source>
        <translation>{parameters} 不是 {service} 的描述：服务未按规范响应。</translation>
    </message>
    <message>
        <source>{url} was not the last page. {reason}</source>
        <translation>{url} 不是最后一页。{reason}</translation>
    </message>
    <message>
        <source>“{unknown}” is compared here.</source>
        <translation>“{unknown}”在本机比较。</translation>
    </message>
    <message>
        <source>{count:,} parts of the catalogue could not be read. {lost}</source>
        <translation>目录中有 {count:,} 个部分无法读取。{lost}</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is no time: write an instant or an interval such as 2024-06-01T00:00:00Z/.. .</source>
        <translation>“{text}”不是时间：请填写时刻或区间，例如 2024-06-01T00:00:00Z/..。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is a grid and has no features to ask for. Add it to the map.</source>
        <translation>“{title}”是格网，没有可查询的要素。请将其添加到地图。</translation>
    </message>
    <message>
        <source>The service names no coordinate system that is known: give it one in its record.</source>
        <translation>服务没有指明已知的坐标系：请在其记录中指定。</translation>
    </message>
    <message>
        <source>&apos;{base}&apos; has no layer &apos;{layer}&apos; any more: harvest the service again.</source>
        <translation>“{base}”已没有图层“{layer}”：请重新采集该服务。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; names no tiles: the service is not complete.</source>
        <translation>“{title}”没有指明瓦片：该服务不完整。</translation>
    </message>
    <message>
        <source>The extent of the layer does not fit {crs}: {error}</source>
        <translation>图层的范围与 {crs} 不符：{error}</translation>
    </message>
    <message>
        <source>{name} of tipg cannot hold a quote or a line end: rename &apos;{value}&apos;.</source>
        <translation>tipg 的 {name} 不能含引号或换行：请重命名“{value}”。</translation>
    </message>
    <message>
        <source>Nothing is harvested from or asked of services of the kind &apos;{protocol}&apos; here.</source>
        <translation>不能采集或查询“{protocol}”类服务。</translation>
    </message>
    <message>
        <source>The next page of &apos;{base}&apos; is on another server, &apos;{target}&apos;: it is not followed. Ask whoever runs the service to put its own address right.</source>
        <translation>“{base}”的下一页位于另一服务器“{target}”：不予跟随。请联系服务管理者更正其地址。</translation>
    </message>
    <message>
        <source>{what} &apos;{text}&apos; holds the secret &apos;{names}&apos;: take it out, and put it into an authentication configuration of QGIS, which is then named beside the address.</source>
        <translation>{what}“{text}”中含密钥“{names}”：请将其去除，并存入 QGIS 认证配置，然后在地址旁指定该配置。</translation>
    </message>
    <message>
        <source>{what} &apos;{text}&apos; is empty, longer than {length_limit} characters or has spaces or control characters in it: write it as https://host/path.</source>
        <translation>{what}“{text}”为空、超过 {length_limit} 个字符，或含空格或控制字符：请写为 https://host/path。</translation>
    </message>
    <message>
        <source>{what} &apos;{text}&apos; is neither http nor https: only these are asked.</source>
        <translation>{what}“{text}”既不是 http 也不是 https：只访问这两种地址。</translation>
    </message>
    <message>
        <source>{what} &apos;{text}&apos; has a user or password in it: take it out, and use an authentication configuration of QGIS.</source>
        <translation>{what}“{text}”中含用户名或密码：请将其去除，并使用 QGIS 认证配置。</translation>
    </message>
    <message>
        <source>{what} &apos;{text}&apos; names no host: write it as https://host/path.</source>
        <translation>{what}“{text}”没有主机名：请写为 https://host/path。</translation>
    </message>
    <message>
        <source>&apos;{base}&apos; redirects to &apos;{target}&apos;, from https to http: this is not followed, since others could read it on the way. Use the service&apos;s own https address.</source>
        <translation>“{base}”从 https 重定向到 http 的“{target}”：不予跟随，因为途中可能被他人读取。请使用该服务自己的 https 地址。</translation>
    </message>
    <message>
        <source>{what} &apos;{text}&apos; is not an address: write it as https://host/path.</source>
        <translation>{what}“{text}”不是地址：请写为 https://host/path。</translation>
    </message>
    <message>
        <source>{what} {reason}: the service does not answer as it should.</source>
        <translation>{what} {reason}：服务未按规范响应。</translation>
    </message>
    <message>
        <source>{hours} h {minutes:02d} min</source>
        <translation>{hours} 小时 {minutes:02d} 分钟</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{seconds:.0f} s</source>
        <translation>{seconds:.0f} 秒</translation>
    </message>
    <message>
        <source>{time} of {end}</source>
        <translation>{time}/{end}</translation>
    </message>
    <message>
        <source>{time} of {end}, {step:.2g} s steps</source>
        <translation>{time}/{end}，时间步长 {step:.2g} 秒</translation>
    </message>
    <message>
        <source>Greatest water</source>
        <translation>最大水深与水位</translation>
    </message>
    <message>
        <source>Check the address, the network and QGIS&apos;s proxy settings.</source>
        <translation>请检查地址、网络和 QGIS 的代理设置。</translation>
    </message>
    <message>
        <source>Try later, or ask for less.</source>
        <translation>请稍后重试，或减少请求的数据量。</translation>
    </message>
    <message>
        <source>Ask for fewer rows or a smaller area.</source>
        <translation>请减少行数或缩小范围。</translation>
    </message>
    <message>
        <source>If you know the server, accept its certificate under QGIS&apos;s Settings, Options, Authentication.</source>
        <translation>如果该服务器可信，请在 QGIS 的“设置 &gt; 选项 &gt; 身份验证”中接受其证书。</translation>
    </message>
    <message>
        <source>Check the address, or harvest its source again.</source>
        <translation>请检查地址，或重新采集其来源。</translation>
    </message>
    <message>
        <source>Ask whoever runs the service.</source>
        <translation>请联系服务的运营方。</translation>
    </message>
    <message>
        <source>Check the address and the protocol.</source>
        <translation>请检查地址和协议。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; cannot be used: {reason}. {cure}</source>
        <translation>“{url}”无法使用：{reason}。{cure}</translation>
    </message>
    <message>
        <source>it redirects more than {redirects} times</source>
        <translation>重定向超过 {redirects} 次</translation>
    </message>
    <message>
        <source>its host cannot be made out</source>
        <translation>无法识别其主机名</translation>
    </message>
    <message>
        <source>&apos;{method}&apos; is not asked of services</source>
        <translation>不向服务发送“{method}”请求</translation>
    </message>
    <message>
        <source>a header has a line break or a strange name</source>
        <translation>某个请求头含有换行符或名称异常</translation>
    </message>
    <message>
        <source>it needs an authentication configuration</source>
        <translation>需要身份验证配置</translation>
    </message>
    <message>
        <source>it denies access (status {status}): {cure}</source>
        <translation>拒绝访问（状态码 {status}）：{cure}</translation>
    </message>
    <message>
        <source>it has nothing there (status {status})</source>
        <translation>该处没有内容（状态码 {status}）</translation>
    </message>
    <message>
        <source>it sends &apos;{plain}&apos; where {wanted} was asked for</source>
        <translation>请求的是 {wanted}，返回的却是“{plain}”</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; cannot be used: {reason}.</source>
        <translation>“{url}”无法使用：{reason}。</translation>
    </message>
    <message>
        <source>the header &apos;{name}&apos; is not set by hand: use an authentication configuration of QGIS</source>
        <translation>请求头“{name}”不能手工设置：请使用 QGIS 的身份验证配置</translation>
    </message>
    <message>
        <source>the login stays with &apos;{host}&apos;, which led there: use this address itself</source>
        <translation>登录信息只留在发起重定向的“{host}”：请直接使用此地址</translation>
    </message>
    <message>
        <source>it answers with status {status} and says &apos;{said}&apos;</source>
        <translation>返回状态码 {status}，并提示“{said}”</translation>
    </message>
    <message>
        <source>it answers with status {status}</source>
        <translation>返回状态码 {status}</translation>
    </message>
    <message>
        <source>it redirects in a circle</source>
        <translation>循环重定向</translation>
    </message>
    <message>
        <source>check the authentication configuration</source>
        <translation>请检查身份验证配置</translation>
    </message>
    <message>
        <source>its answer is larger than the {size:.3g} MB that are taken</source>
        <translation>响应超过允许的 {size:.3g} MB</translation>
    </message>
    <message>
        <source>it closed the connection without an answer</source>
        <translation>未作响应即关闭了连接</translation>
    </message>
    <message>
        <source>no such host is known</source>
        <translation>找不到该主机</translation>
    </message>
    <message>
        <source>it refuses connections</source>
        <translation>拒绝连接</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>no secure connection could be made</source>
        <translation>无法建立安全连接</translation>
    </message>
    <message>
        <source>the proxy that is set in QGIS does not let it through</source>
        <translation>QGIS 中设置的代理不予放行</translation>
    </message>
    <message>
        <source>what it sends is not HTTP</source>
        <translation>返回的内容不是 HTTP</translation>
    </message>
    <message>
        <source>it is packed in a way that was not asked for</source>
        <translation>压缩方式与请求不符</translation>
    </message>
    <message>
        <source>its certificate is not trusted ({error})</source>
        <translation>证书不受信任（{error}）</translation>
    </message>
    <message>
        <source>its answer was cut off</source>
        <translation>响应被截断</translation>
    </message>
    <message>
        <source>it is packed, and broken</source>
        <translation>压缩内容已损坏</translation>
    </message>
    <message>
        <source>no complete answer within {seconds:.0f} s</source>
        <translation>{seconds:.0f} 秒内没有完整响应</translation>
    </message>
    <message>
        <source>The catalogue &apos;{schema}&apos; of the connection &apos;{connection}&apos;</source>
        <translation>连接“{connection}”的目录“{schema}”</translation>
    </message>
    <message>
        <source>{count:,} features</source>
        <translation>{count:,} 个要素</translation>
    </message>
    <message>
        <source>{unfit:,} features have geometries of another type than the first ones: left empty.</source>
        <translation>{unfit:,} 个要素的几何类型与前面的不同：已留空。</translation>
    </message>
    <message>
        <source>{count:,} geometries could not be brought into the CRS of the layer: left empty.</source>
        <translation>{count:,} 个几何无法转换到图层的坐标参考系：已留空。</translation>
    </message>
    <message>
        <source>{number} files</source>
        <translation>{number} 个文件</translation>
    </message>
    <message>
        <source>{number} tables</source>
        <translation>{number} 个表</translation>
    </message>
    <message>
        <source>The filter was evaluated here.</source>
        <translation>过滤条件在本机计算。</translation>
    </message>
    <message>
        <source>The layer has no field with times: all of them are given.</source>
        <translation>图层没有时间字段：返回全部要素。</translation>
    </message>
    <message>
        <source>Truncated at {limit:,} features: ask for a smaller area, or with a filter.</source>
        <translation>在 {limit:,} 个要素处截断：请缩小范围或添加过滤条件。</translation>
    </message>
    <message>
        <source>Observations are those of the table {schema}.{table}, column {column}.</source>
        <translation>观测值取自表 {schema}.{table} 的 {column} 列。</translation>
    </message>
    <message>
        <source>The table has no column with times: all of them are given.</source>
        <translation>该表没有时间列：返回全部行。</translation>
    </message>
    <message>
        <source>This record is synthetic: there is no service behind it.</source>
        <translation>该记录为演示用的虚构记录：没有对应的服务。</translation>
    </message>
    <message>
        <source>Its pictures are shifted on purpose by some hundred metres: tiles cannot be put right, only features can.</source>
        <translation>其图像被有意偏移数百米：瓦片无法纠正，只有要素可以。</translation>
    </message>
    <message>
        <source>its provider gives no reason</source>
        <translation>数据提供者未给出原因</translation>
    </message>
    <message>
        <source>Starting workers</source>
        <translation>正在启动工作进程</translation>
    </message>
    <message>
        <source>Looking through the folder</source>
        <translation>正在扫描文件夹</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>a pattern was expected</source>
        <translation>此处应为模式</translation>
    </message>
    <message>
        <source>“args” should hold {count} values</source>
        <translation>“args”应包含 {count} 个值</translation>
    </message>
    <message>
        <source>a condition was expected</source>
        <translation>此处应为条件</translation>
    </message>
    <message>
        <source>“op” was expected</source>
        <translation>此处应有“op”</translation>
    </message>
    <message>
        <source>a value was expected</source>
        <translation>此处应为值</translation>
    </message>
    <message>
        <source>a time was expected</source>
        <translation>此处应为时间</translation>
    </message>
    <message>
        <source>a time, “..” or a property was expected</source>
        <translation>此处应为时间、“..”或属性</translation>
    </message>
    <message>
        <source>the geometry is empty</source>
        <translation>几何为空</translation>
    </message>
    <message>
        <source>a list was expected after the value</source>
        <translation>值之后应为列表</translation>
    </message>
    <message>
        <source>the two ends of an interval were expected</source>
        <translation>此处应为区间的两端</translation>
    </message>
    <message>
        <source>the geometry cannot be read</source>
        <translation>几何无法读取</translation>
    </message>
    <message>
        <source>a list of</source>
        <translation>一组</translation>
    </message>
    <message>
        <source>a name, a value or an operator was expected</source>
        <translation>此处应为名称、值或运算符</translation>
    </message>
    <message>
        <source>a character that no text may hold was found</source>
        <translation>出现了文本中不允许的字符</translation>
    </message>
    <message>
        <source>a number below 1.8e308 was expected</source>
        <translation>此处应为小于 1.8e308 的数</translation>
    </message>
    <message>
        <source>the text has no closing quotation mark (a quotation mark in a text is written twice)</source>
        <translation>文本缺少右引号（文本中的引号须写两次）</translation>
    </message>
    <message>
        <source>the name has no closing quotation mark</source>
        <translation>名称缺少右引号</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>结尾</translation>
    </message>
    <message>
        <source>a space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>AND, OR or the end was expected</source>
        <translation>此处应为 AND、OR 或结尾</translation>
    </message>
    <message>
        <source>a comparison such as =, &lt;, LIKE, BETWEEN, IN or IS NULL was expected</source>
        <translation>此处应为比较，例如 =、&lt;、LIKE、BETWEEN、IN 或 IS NULL</translation>
    </message>
    <message>
        <source>LIKE, BETWEEN or IN was expected</source>
        <translation>此处应为 LIKE、BETWEEN 或 IN</translation>
    </message>
    <message>
        <source>a pattern in single quotes was expected</source>
        <translation>此处应为单引号中的模式</translation>
    </message>
    <message>
        <source>a value was expected, and this is a condition</source>
        <translation>此处应为值，而这是一个条件</translation>
    </message>
    <message>
        <source>a value or a condition was expected</source>
        <translation>此处应为值或条件</translation>
    </message>
    <message>
        <source>“{sign}” was expected</source>
        <translation>此处应为“{sign}”</translation>
    </message>
    <message>
        <source>brackets, functions and NOT go at most {limit} deep</source>
        <translation>括号、函数和 NOT 最多嵌套 {limit} 层</translation>
    </message>
    <message>
        <source>a condition can only be compared with TRUE or FALSE</source>
        <translation>条件只能与 TRUE 或 FALSE 比较</translation>
    </message>
    <message>
        <source>“,” or “)” was expected</source>
        <translation>此处应为“,”或“)”</translation>
    </message>
    <message>
        <source>arrays are not taken in filters here</source>
        <translation>此处的过滤条件不支持数组</translation>
    </message>
    <message>
        <source>functions on arrays are not taken here</source>
        <translation>此处不支持数组函数</translation>
    </message>
    <message>
        <source>{name} takes one text</source>
        <translation>{name} 只接受一个文本</translation>
    </message>
    <message>
        <source>{name} takes two arguments and has {count}</source>
        <translation>{name} 需要两个参数，却有 {count} 个</translation>
    </message>
    <message>
        <source>a time such as {example} was expected</source>
        <translation>此处应为时间，例如 {example}</translation>
    </message>
    <message>
        <source>INTERVAL takes its two ends</source>
        <translation>INTERVAL 需要两个端点</translation>
    </message>
    <message>
        <source>a time in single quotes, &apos;..&apos; or a property was expected</source>
        <translation>此处应为单引号中的时间、'..' 或属性</translation>
    </message>
    <message>
        <source>west, south, east and north were expected, as numbers</source>
        <translation>此处应为西、南、东、北四个数</translation>
    </message>
    <message>
        <source>the box has its south above its north</source>
        <translation>范围的南界高于北界</translation>
    </message>
    <message>
        <source>a comparison was expected after the text</source>
        <translation>文本之后应为比较</translation>
    </message>
    <message>
        <source>NULL was expected</source>
        <translation>此处应为 NULL</translation>
    </message>
    <message>
        <source>AND and the upper end were expected</source>
        <translation>此处应为 AND 和上限</translation>
    </message>
    <message>
        <source>at most {limit} operations stand in a row: use brackets</source>
        <translation>连续运算最多 {limit} 个：请使用括号</translation>
    </message>
    <message>
        <source>AND, OR, an operator or “)” was expected</source>
        <translation>此处应为 AND、OR、运算符或“)”</translation>
    </message>
    <message>
        <source>{name} takes {kinds} or a property</source>
        <translation>{name} 接受 {kinds} 或属性</translation>
    </message>
    <message>
        <source>the interval ends before it starts</source>
        <translation>区间的结束早于开始</translation>
    </message>
    <message>
        <source>this geometry cannot be read ({reason})</source>
        <translation>此几何无法读取（{reason}）</translation>
    </message>
    <message>
        <source>a geometry</source>
        <translation>几何</translation>
    </message>
    <message>
        <source>only numbers, commas and brackets may stand in it</source>
        <translation>其中只能有数字、逗号和括号</translation>
    </message>
    <message>
        <source>it holds a word that is no kind of geometry</source>
        <translation>其中有一个词不是几何类型</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>a coordinate is not a number</source>
        <translation>某个坐标不是数字</translation>
    </message>
    <message>
        <source>it is not well-known text</source>
        <translation>不是 WKT 文本</translation>
    </message>
    <message>
        <source>Designing buildings</source>
        <translation>正在设计建筑</translation>
    </message>
    <message>
        <source>Writing models</source>
        <translation>正在写入模型</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Times of ingress</source>
        <translation>进水时间</translation>
    </message>
    <message>
        <source>Cells of buildings</source>
        <translation>建筑网格单元</translation>
    </message>
    <message>
        <source>Rings of buildings</source>
        <translation>建筑外环单元</translation>
    </message>
    <message>
        <source>{name} is missing</source>
        <translation>缺少 {name}</translation>
    </message>
    <message>
        <source>a number is not finite</source>
        <translation>某个数不是有限值</translation>
    </message>
    <message>
        <source>Record {number} of &apos;{name}&apos; leads to no service that is known here: it was left out.</source>
        <translation>“{name}”的第 {number} 条记录不指向任何已知服务：已略去。</translation>
    </message>
    <message>
        <source>it has no {name}</source>
        <translation>没有 {name}</translation>
    </message>
    <message>
        <source>its geometry cannot be read</source>
        <translation>几何无法读取</translation>
    </message>
    <message>
        <source>{name} is no list of texts</source>
        <translation>{name} 不是文本列表</translation>
    </message>
    <message>
        <source>Record {number} of &apos;{name}&apos; was left out: {error}.</source>
        <translation>“{name}”的第 {number} 条记录已略去：{error}。</translation>
    </message>
    <message>
        <source>Row {number} of &apos;{name}&apos; was left out: {error}.</source>
        <translation>“{name}”的第 {number} 行已略去：{error}。</translation>
    </message>
    <message>
        <source>{name} is no text</source>
        <translation>{name} 不是文本</translation>
    </message>
    <message>
        <source>{count:,} records</source>
        <translation>{count:,} 条记录</translation>
    </message>
    <message>
        <source>The source broke off after {count} records, and nothing was marked as withdrawn: {error}</source>
        <translation>来源在 {count} 条记录后中断，没有记录被标为已下线：{error}</translation>
    </message>
    <message>
        <source>&apos;{source}&apos; has more than {limit:,} records: the rest was left out.</source>
        <translation>“{source}”的记录超过 {limit:,} 条：其余已略去。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; holds a data source instead of the name of a connection: it was left out.</source>
        <translation>“{title}”给出的是数据源而不是连接名称：已略去。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; had secrets in its addresses ({names}): they were taken out. Put them into an authentication configuration of QGIS and name it in the record.</source>
        <translation>“{title}”的地址中含有密钥（{names}）：已移除。请将其存入 QGIS 的身份验证配置，并在记录中填写该配置的名称。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; has an extent that is none ({west:g}, {south:g}, ...): it was left out.</source>
        <translation>“{title}”的范围无效（{west:g}, {south:g}, ...）：已略去该范围。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; has no id or no address: it was left out.</source>
        <translation>“{title}”没有标识或地址：已略去。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; came twice from the source: the first is kept.</source>
        <translation>来源中“{title}”出现两次：保留第一条。</translation>
    </message>
    <message>
        <source>has the code &apos;{code}&apos; twice</source>
        <translation>中代码“{code}”重复</translation>
    </message>
    <message>
        <source>lacks the category of &apos;{code}&apos;</source>
        <translation>缺少“{code}”的类别</translation>
    </message>
    <message>
        <source>{done:,} of {total:,} services</source>
        <translation>服务 {done:,}/{total:,}</translation>
    </message>
    <message>
        <source>Positions were moved from {names} to WGS 84.</source>
        <translation>坐标已由 {names} 纠正到 WGS 84。</translation>
    </message>
    <message>
        <source>The reply of &apos;{url}&apos;</source>
        <translation>“{url}”的响应</translation>
    </message>
    <message>
        <source>The layer has no time: the time asked for was not applied. Use a filter on a field of dates.</source>
        <translation>图层没有时间信息：未应用所请求的时间。请对日期字段使用过滤条件。</translation>
    </message>
    <message>
        <source>is no layer of ArcGIS</source>
        <translation>不是 ArcGIS 图层</translation>
    </message>
    <message>
        <source>The service refused the filter ({status}): it was evaluated here.</source>
        <translation>服务拒绝了过滤条件（{status}）：改在本机计算。</translation>
    </message>
    <message>
        <source>{count:,} services</source>
        <translation>{count:,} 个服务</translation>
    </message>
    <message>
        <source>{number:,} of {count:,} services</source>
        <translation>服务 {number:,}/{count:,}</translation>
    </message>
    <message>
        <source>is no list of ArcGIS services</source>
        <translation>不是 ArcGIS 服务列表</translation>
    </message>
    <message>
        <source>It has more than {limit:,} services.</source>
        <translation>服务超过 {limit:,} 个。</translation>
    </message>
    <message>
        <source>The address of the ArcGIS server</source>
        <translation>ArcGIS 服务器的地址</translation>
    </message>
    <message>
        <source>has no list &apos;{rows}&apos;</source>
        <translation>没有列表“{rows}”</translation>
    </message>
    <message>
        <source>{start:,} of {count:,} rows</source>
        <translation>行 {start:,}/{count:,}</translation>
    </message>
    <message>
        <source>The service named {count:,} features and sent {received:,}.</source>
        <translation>服务声明有 {count:,} 个要素，实际返回 {received:,} 个。</translation>
    </message>
    <message>
        <source>has a coverage without a domain, or with a link for one, which is not read</source>
        <translation>的覆盖数据没有定义域，或定义域只是链接，无法读取</translation>
    </message>
    <message>
        <source>has a coverage without axes</source>
        <translation>的覆盖数据没有坐标轴</translation>
    </message>
    <message>
        <source>has values in tiles or behind links, which are not read</source>
        <translation>的值位于瓦片或链接中，无法读取</translation>
    </message>
    <message>
        <source>has values that do not fit their shape</source>
        <translation>的值与其形状不符</translation>
    </message>
    <message>
        <source>is no coverage</source>
        <translation>不是覆盖数据</translation>
    </message>
    <message>
        <source>has values of the shape {shape} over axes of {axes}</source>
        <translation>的值形状为 {shape}，坐标轴形状却为 {axes}</translation>
    </message>
    <message>
        <source>has an axis &apos;{name}&apos; without values</source>
        <translation>的坐标轴“{name}”没有值</translation>
    </message>
    <message>
        <source>has an axis &apos;{name}&apos; that is not understood</source>
        <translation>的坐标轴“{name}”无法识别</translation>
    </message>
    <message>
        <source>The catalogue says that it has {count:,} records and sent {received:,}.</source>
        <translation>目录声明有 {count:,} 条记录，实际返回 {received:,} 条。</translation>
    </message>
    <message>
        <source>it sent no search results</source>
        <translation>没有返回检索结果</translation>
    </message>
    <message>
        <source>The catalogue sent the same records again as its next page: reading stopped there.</source>
        <translation>目录的下一页重复了相同的记录：读取到此为止。</translation>
    </message>
    <message>
        <source>A catalogue has no times of its own: the time asked for was left out.</source>
        <translation>目录本身没有时间：已略去所请求的时间。</translation>
    </message>
    <message>
        <source>it sent no records</source>
        <translation>没有返回记录</translation>
    </message>
    <message>
        <source>position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>The service answers for single points only: these are the values at the middle of the box.</source>
        <translation>服务只支持单点查询：此处为范围中心的值。</translation>
    </message>
    <message>
        <source>{number:,} of {count:,} places</source>
        <translation>站点 {number:,}/{count:,}</translation>
    </message>
    <message>
        <source>The service lists places that it has nothing about.</source>
        <translation>服务列出了一些没有数据的站点。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; answered with the error {code} ({reason}).</source>
        <translation>“{url}”返回错误 {code}（{reason}）。</translation>
    </message>
    <message>
        <source>&apos;{url}&apos; wants a login or another one ({reason}): choose an authentication configuration.</source>
        <translation>“{url}”需要登录或更换登录（{reason}）：请选择身份验证配置。</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>未给出原因</translation>
    </message>
    <message>
        <source>A part of the filter was evaluated here. {reason}</source>
        <translation>过滤条件的一部分在本机计算。{reason}</translation>
    </message>
    <message>
        <source>{outside:,} features that the service sent lie outside the box and were left out.</source>
        <translation>服务返回的 {outside:,} 个要素在范围之外，已略去。</translation>
    </message>
    <message>
        <source>The field &apos;{name}&apos; had {count:,} values that are no {type}: they were left empty.</source>
        <translation>字段“{name}”有 {count:,} 个值不是 {type} 类型：已留空。</translation>
    </message>
    <message>
        <source>Fields that came only after the first page were left out: {names}.</source>
        <translation>第一页之后才出现的字段已略去：{names}。</translation>
    </message>
    <message>
        <source>The service sends its coordinates in {name}, not in degrees.</source>
        <translation>服务返回的坐标采用 {name}，而不是经纬度。</translation>
    </message>
    <message>
        <source>{count:,} features have a geometry that cannot be read ({reason}): it was left empty.</source>
        <translation>{count:,} 个要素的几何无法读取（{reason}）：已留空。</translation>
    </message>
    <message>
        <source>The service says that {count:,} features match and sent {received:,}: its count is wrong.</source>
        <translation>服务声明有 {count:,} 个匹配要素，实际返回 {received:,} 个：其计数有误。</translation>
    </message>
    <message>
        <source>The service refused a request ({status}) and was asked more plainly.</source>
        <translation>服务拒绝了请求（{status}），已改用更简单的请求。</translation>
    </message>
    <message>
        <source>has no &apos;{key}&apos;</source>
        <translation>没有“{key}”</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>No tile was found at the corner asked for: the record has no extent.</source>
        <translation>所请求的角点处没有瓦片：记录没有范围。</translation>
    </message>
    <message>
        <source>The address of the OGC API</source>
        <translation>OGC API 的地址</translation>
    </message>
    <message>
        <source>is no landing page of an OGC API: it has no links</source>
        <translation>不是 OGC API 的首页：没有链接</translation>
    </message>
    <message>
        <source>The filter was evaluated here, not by the service.</source>
        <translation>过滤条件在本机计算，而不是由服务计算。</translation>
    </message>
    <message>
        <source>The address of the catalogue</source>
        <translation>目录的地址</translation>
    </message>
    <message>
        <source>no reason</source>
        <translation>没有原因</translation>
    </message>
    <message>
        <source>it sent no picture</source>
        <translation>没有返回图像</translation>
    </message>
    <message>
        <source>The server sent the same rows again as its next page: reading stopped there.</source>
        <translation>服务器的下一页重复了相同的行：读取到此为止。</translation>
    </message>
    <message>
        <source>The server sent {empty} empty pages in a row: truncated there.</source>
        <translation>服务器连续返回 {empty} 个空页：在此截断。</translation>
    </message>
    <message>
        <source>Truncated after {limit:,} pages.</source>
        <translation>在 {limit:,} 页后截断。</translation>
    </message>
    <message>
        <source>Rows that came more than once were taken once ({doubles:,}): the server&apos;s paging is not stable.</source>
        <translation>重复出现的行只取一次（{doubles:,}）：服务器的分页不稳定。</translation>
    </message>
    <message>
        <source>{strange:,} entries were no objects and were left out.</source>
        <translation>{strange:,} 个条目不是对象，已略去。</translation>
    </message>
    <message>
        <source>The server&apos;s pages go round in a circle: reading stopped where it began again.</source>
        <translation>服务器的分页循环：在重新开始处停止读取。</translation>
    </message>
    <message>
        <source>Truncated: {error}</source>
        <translation>已截断：{error}</translation>
    </message>
    <message>
        <source>names no Things and Datastreams: it is no root of SensorThings, which ends in /v1.0 or /v1.1</source>
        <translation>没有列出 Things 和 Datastreams：不是 SensorThings 的根地址（应以 /v1.0 或 /v1.1 结尾）</translation>
    </message>
    <message>
        <source>The address of the SensorThings server</source>
        <translation>SensorThings 服务器的地址</translation>
    </message>
    <message>
        <source>The server gives wrong entities for an expanded {names}: these were asked for anew.</source>
        <translation>服务器对展开的 {names} 返回了错误的实体：已重新请求。</translation>
    </message>
    <message>
        <source>The server cannot order by phenomenon time: the latest is the latest by result time.</source>
        <translation>服务器不能按现象时间排序：最新值按结果时间确定。</translation>
    </message>
    <message>
        <source>{number:,} of {count:,} sensors</source>
        <translation>传感器 {number:,}/{count:,}</translation>
    </message>
    <message>
        <source>{done:,} sensors, page {number}</source>
        <translation>{done:,} 个传感器，第 {number} 页</translation>
    </message>
    <message>
        <source>{number:,} sensors</source>
        <translation>{number:,} 个传感器</translation>
    </message>
    <message>
        <source>The server&apos;s expanded observations are not the latest: each sensor was asked.</source>
        <translation>服务器展开的观测值不是最新的：已逐个查询传感器。</translation>
    </message>
    <message>
        <source>The server mixes up whose observations are whose: each sensor was asked by itself.</source>
        <translation>服务器混淆了观测值所属的传感器：已逐个单独查询。</translation>
    </message>
    <message>
        <source>The address of the STAC catalogue</source>
        <translation>STAC 目录的地址</translation>
    </message>
    <message>
        <source>is no STAC catalogue: it has no &apos;stac_version&apos;</source>
        <translation>不是 STAC 目录：没有“stac_version”</translation>
    </message>
    <message>
        <source>{read:,} catalogues</source>
        <translation>{read:,} 个目录</translation>
    </message>
    <message>
        <source>It has more than {limit:,} documents.</source>
        <translation>文档超过 {limit:,} 个。</translation>
    </message>
    <message>
        <source>{read:,} items</source>
        <translation>{read:,} 个条目</translation>
    </message>
    <message>
        <source>A static catalogue was read whole; box, time and filter were applied here.</source>
        <translation>静态目录已全部读取；范围、时间和过滤条件在本机应用。</translation>
    </message>
    <message>
        <source>{count:,} parts of the catalogue could not be read. {error}</source>
        <translation>目录有 {count:,} 个部分无法读取。{error}</translation>
    </message>
    <message>
        <source>{number:,} coverages</source>
        <translation>{number:,} 个覆盖数据</translation>
    </message>
    <message>
        <source>{number:,} feature types</source>
        <translation>{number:,} 个要素类型</translation>
    </message>
    <message>
        <source>it sent no collection of features</source>
        <translation>没有返回要素集合</translation>
    </message>
    <message>
        <source>The service has no field with times: the time asked for was left out.</source>
        <translation>服务没有时间字段：已略去所请求的时间。</translation>
    </message>
    <message>
        <source>Of the fields with times, &apos;{found}&apos; was taken.</source>
        <translation>在多个时间字段中采用了“{found}”。</translation>
    </message>
    <message>
        <source>The service refused the filter: it was evaluated here.</source>
        <translation>服务拒绝了过滤条件：改在本机计算。</translation>
    </message>
    <message>
        <source>Features that came more than once were taken once ({doubles:,}).</source>
        <translation>重复出现的要素只取一次（{doubles:,}）。</translation>
    </message>
    <message>
        <source>The service says that {total:,} features match and sent {received:,}.</source>
        <translation>服务声明有 {total:,} 个匹配要素，实际返回 {received:,} 个。</translation>
    </message>
    <message>
        <source>The service takes boxes in another order of axes than it says: asked again so.</source>
        <translation>服务接受的范围坐标轴顺序与其声明不符：已按实际顺序重新请求。</translation>
    </message>
    <message>
        <source>The service sent the same features again as its next page: reading stopped.</source>
        <translation>服务的下一页重复了相同的要素：停止读取。</translation>
    </message>
    <message>
        <source>is no collection of features</source>
        <translation>不是要素集合</translation>
    </message>
    <message>
        <source>{number:,} layers</source>
        <translation>{number:,} 个图层</translation>
    </message>
    <message>
        <source>The address of &apos;{title}&apos;</source>
        <translation>“{title}”的地址</translation>
    </message>
    <message>
        <source>The address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>The link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>{what} of &apos;{shown}&apos;</source>
        <translation>“{shown}”的{what}</translation>
    </message>
    <message>
        <source>The redirect</source>
        <translation>重定向</translation>
    </message>
    <message>
        <source>The next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>{what} of &apos;{shown}&apos; is not an address.</source>
        <translation>“{shown}”的{what}不是地址。</translation>
    </message>
    <message>
        <source>is neither UTF-8 nor GB18030 text</source>
        <translation>既不是 UTF-8 也不是 GB18030 文本</translation>
    </message>
    <message>
        <source>is empty where JSON was expected</source>
        <translation>应为 JSON，却是空的</translation>
    </message>
    <message>
        <source>is nested deeper than {limit} levels</source>
        <translation>嵌套超过 {limit} 层</translation>
    </message>
    <message>
        <source>is not a JSON object</source>
        <translation>不是 JSON 对象</translation>
    </message>
    <message>
        <source>is empty where XML was expected</source>
        <translation>应为 XML，却是空的</translation>
    </message>
    <message>
        <source>is a web page, not XML</source>
        <translation>是网页，不是 XML</translation>
    </message>
    <message>
        <source>lists and objects</source>
        <translation>列表和对象</translation>
    </message>
    <message>
        <source>values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>is not valid JSON (line {line}: {error})</source>
        <translation>不是有效的 JSON（第 {line} 行：{error}）</translation>
    </message>
    <message>
        <source>is not valid JSON ({error})</source>
        <translation>不是有效的 JSON（{error}）</translation>
    </message>
    <message>
        <source>has a tag of more than {size:,} bytes</source>
        <translation>含有超过 {size:,} 字节的标签</translation>
    </message>
    <message>
        <source>is not valid XML (line {line}), perhaps cut off</source>
        <translation>不是有效的 XML（第 {line} 行），可能被截断</translation>
    </message>
    <message>
        <source>has an element with more than {limit} attributes</source>
        <translation>含有属性超过 {limit} 个的元素</translation>
    </message>
    <message>
        <source>is a web page, not JSON</source>
        <translation>是网页，不是 JSON</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>构件数</translation>
    </message>
    <message>
        <source>attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>The twin base &apos;{path}&apos;</source>
        <translation>孪生底座“{path}”</translation>
    </message>
    <message>
        <source>it cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>The twin base &apos;{schema}&apos; of the connection &apos;{name}&apos;</source>
        <translation>连接“{name}”中的孪生底座“{schema}”</translation>
    </message>
    <message>
        <source>the database cannot be reached</source>
        <translation>无法连接数据库</translation>
    </message>
    <message>
        <source>the CRS cannot be set</source>
        <translation>无法设置坐标参考系</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>it cannot be read or written</source>
        <translation>无法读取或写入</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation>无法写入</translation>
    </message>
    <message>
        <source>its table {table} cannot be opened</source>
        <translation>无法打开其表 {table}</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>未给出原因</translation>
    </message>
    <message>
        <source>{base} holds a table &apos;{table}&apos; that is not a twin base&apos;s: choose another file or schema.</source>
        <translation>{base}中有一个不属于孪生底座的表“{table}”：请选择其他文件或模式。</translation>
    </message>
    <message>
        <source>its tables cannot be created</source>
        <translation>无法创建其表</translation>
    </message>
    <message>
        <source>RESULT has faces of {block} x {block} cells, so that QGIS can show it; the rasters have every cell.</source>
        <translation>为便于 QGIS 显示，RESULT 的每个面合并了 {block} x {block} 个网格；各栅格仍保留每个网格。</translation>
    </message>
    <message>
        <source>The mass error is {error:.1e} of all the water: treat the results with care.</source>
        <translation>质量误差为总水量的 {error:.1e}：请谨慎使用结果。</translation>
    </message>
    <message>
        <source>There was no rain, no inflow and no fixed level: the result is dry.</source>
        <translation>没有降雨、入流或固定水位：结果为无水。</translation>
    </message>
    <message>
        <source>the table of CURVES</source>
        <translation>CURVES 表</translation>
    </message>
    <message>
        <source>{n} openings belong to no building of the layer and are left out.</source>
        <translation>{n} 个洞口不属于该图层的任何建筑，已略去。</translation>
    </message>
    <message>
        <source>{n} openings have no place or no sill and are left out.</source>
        <translation>{n} 个洞口没有位置或门槛标高，已略去。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no buildings.</source>
        <translation>图层“{name}”中没有建筑。</translation>
    </message>
    <message>
        <source>The drain capacity must not be negative (mm/h).</source>
        <translation>排水能力不得为负（mm/h）。</translation>
    </message>
    <message>
        <source>Infiltration must not be negative (mm/h).</source>
        <translation>下渗率不得为负（mm/h）。</translation>
    </message>
    <message>
        <source>The duration of {duration_min:g} min is outside the {shortest:g} to {longest:g} min for which the published formulas hold: the depth is an extrapolation.</source>
        <translation>历时 {duration_min:g} 分钟超出公布公式适用的 {shortest:g} 至 {longest:g} 分钟：雨量为外推值。</translation>
    </message>
    <message>
        <source>the rain table</source>
        <translation>降雨过程表</translation>
    </message>
    <message>
        <source>{rows} rows of {source} have no depth and count as no rain.</source>
        <translation>{source} 有 {rows} 行没有雨量，按无雨计。</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>雨量</translation>
    </message>
    <message>
        <source>The output step must be at least {least:g} s.</source>
        <translation>输出步长至少为 {least:g} 秒。</translation>
    </message>
    <message>
        <source>The wet depth must be at least {least:g} m, not {wet_depth_m:g}.</source>
        <translation>淹没判定水深至少为 {least:g} m，而不是 {wet_depth_m:g}。</translation>
    </message>
    <message>
        <source>{n} of {count} buildings have no footprint: their class is unknown.</source>
        <translation>{count} 栋建筑中有 {n} 栋没有轮廓：其等级未知。</translation>
    </message>
    <message>
        <source>{n} of {count} buildings have their centroid off the water raster.</source>
        <translation>{count} 栋建筑中有 {n} 栋的质心在水深栅格之外。</translation>
    </message>
    <message>
        <source>{n} buildings have no cell free of buildings around them: the cell under each is taken instead.</source>
        <translation>{n} 栋建筑周围没有不被建筑占据的网格：改用建筑下方的网格。</translation>
    </message>
    <message>
        <source>{n} buildings have a ground floor far from the terrain outside, {typical:+.1f} m in the median: check that buildings and terrain have the same vertical datum and unit.</source>
        <translation>{n} 栋建筑的首层标高与室外地形相差很大，中位数为 {typical:+.1f} m：请检查建筑与地形的高程基准和单位是否一致。</translation>
    </message>
    <message>
        <source>the damage curves</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>the table &apos;{path}&apos;</source>
        <translation>表“{path}”</translation>
    </message>
    <message>
        <source>{count} more ground floors are far from the terrain: see bim_model.warnings.</source>
        <translation>还有 {count} 处首层标高与地形相差较大：见 bim_model.warnings。</translation>
    </message>
    <message>
        <source>The style of {table} was not saved: the table cannot be opened.</source>
        <translation>未能保存 {table} 的样式：无法打开该表。</translation>
    </message>
    <message>
        <source>The style of {table} was not saved: {error}</source>
        <translation>未能保存 {table} 的样式：{error}</translation>
    </message>
    <message>
        <source>The models name different vertical datums: {datums}. Heights are not transformed, so compare elevations with care.</source>
        <translation>各模型采用不同的高程基准：{datums}。高程未作转换，请谨慎比较。</translation>
    </message>
    <message>
        <source>{count} more messages stand in the report&apos;s columns reason and warnings.</source>
        <translation>另有 {count} 条消息，见报告的 reason 和 warnings 列。</translation>
    </message>
    <message>
        <source>None of the models could be read: the report says why.</source>
        <translation>没有一个模型能够读取：原因见报告。</translation>
    </message>
    <message>
        <source>It names none.</source>
        <translation>模型未给出定位。</translation>
    </message>
    <message>
        <source>{model} has no place. {why}</source>
        <translation>{model} 没有定位。{why}</translation>
    </message>
    <message>
        <source>{model} has an unsure place. {why}</source>
        <translation>{model} 的定位不可靠。{why}</translation>
    </message>
    <message>
        <source>More messages stand in the columns reason and warnings of bim_model.</source>
        <translation>更多消息见 bim_model 的 reason 和 warnings 列。</translation>
    </message>
    <message>
        <source>{name} cannot be opened: {error}. Check that it exists and may be read.</source>
        <translation>无法打开 {name}：{error}。请检查文件是否存在且允许读取。</translation>
    </message>
    <message>
        <source>{name} names the schema {schema}; IFC2X3, IFC4 and IFC4X3 can be read. Export it in one of them.</source>
        <translation>{name} 的模式为 {schema}；可读取 IFC2X3、IFC4 和 IFC4X3。请按其中一种导出。</translation>
    </message>
    <message>
        <source>{name} names the schema none; IFC2X3, IFC4 and IFC4X3 can be read. Export it in one of them.</source>
        <translation>{name} 未注明模式；可读取 IFC2X3、IFC4 和 IFC4X3。请按其中一种导出。</translation>
    </message>
    <message>
        <source>{name} would expand to {size_mb:,.0f} MB, beyond what is allowed. Unzip it yourself if you trust it.</source>
        <translation>{name} 解压后将达到 {size_mb:,.0f} MB，超出允许范围。如果信任该文件，请自行解压。</translation>
    </message>
    <message>
        <source>{name} expands beyond {limit_mb:,.0f} MB, more than its index says. Do not trust it.</source>
        <translation>{name} 解压后超过 {limit_mb:,.0f} MB，大于其目录所记。请勿信任该文件。</translation>
    </message>
    <message>
        <source>{name} cannot be parsed: {error}. Export it again.</source>
        <translation>无法解析 {name}：{error}。请重新导出。</translation>
    </message>
    <message>
        <source>{name} stopped being readable: {error}. Copy it to this machine.</source>
        <translation>{name} 在读取过程中变得不可读：{error}。请将其复制到本机。</translation>
    </message>
    <message>
        <source>{name} needs more memory than a worker may use. Read it with WORKERS 1, or on a machine with more memory.</source>
        <translation>{name} 需要的内存超过单个工作进程的上限。请将 WORKERS 设为 1，或在内存更大的机器上读取。</translation>
    </message>
    <message>
        <source>{name} crashed its worker (exit code {exit_code}), also without its geometry. Open and export it again, or raise TIMEOUT.</source>
        <translation>{name} 即使不读几何也使工作进程崩溃（退出码 {exit_code}）。请打开并重新导出，或增大 TIMEOUT。</translation>
    </message>
    <message>
        <source>{name} ended its worker, most likely since it takes more memory than one may use ({memory_gb:.1f} GB), also without its geometry. Read it with WORKERS 1, or on a machine with more memory.</source>
        <translation>{name} 即使不读几何也使工作进程终止，很可能是所需内存超过单个进程的上限（{memory_gb:.1f} GB）。请将 WORKERS 设为 1，或在内存更大的机器上读取。</translation>
    </message>
    <message>
        <source>{name} was cancelled, also without its geometry. Open and export it again, or raise TIMEOUT.</source>
        <translation>{name} 即使不读几何，读取也被取消。请打开并重新导出，或增大 TIMEOUT。</translation>
    </message>
    <message>
        <source>{name} could not be read ({error}), also without its geometry. Open and export it again, or raise TIMEOUT.</source>
        <translation>{name} 即使不读几何也无法读取（{error}）。请打开并重新导出，或增大 TIMEOUT。</translation>
    </message>
    <message>
        <source>{name} could not be read on the cluster ({error}). Read it on this machine.</source>
        <translation>无法在集群上读取 {name}（{error}）。请在本机读取。</translation>
    </message>
    <message>
        <source>The folder &apos;{folder}&apos; cannot be looked into: {error}. Ask for the permission to read it.</source>
        <translation>无法访问文件夹“{folder}”：{error}。请申请读取权限。</translation>
    </message>
    <message>
        <source>The base keeps what it held of it before.</source>
        <translation>孪生底座保留该模型原有的数据。</translation>
    </message>
    <message>
        <source>Schema {schema} was read as {target}.</source>
        <translation>模式 {schema} 按 {target} 读取。</translation>
    </message>
    <message>
        <source>The file ends before END-ISO-10303-21: it is truncated, and what is there was read.</source>
        <translation>文件在 END-ISO-10303-21 之前结束：文件被截断，已读取现有内容。</translation>
    </message>
    <message>
        <source>Damaged statements in the file were left out: {count}.</source>
        <translation>文件中损坏的语句已略去：{count} 条。</translation>
    </message>
    <message>
        <source>The file is damaged in many places: the first part of it was read.</source>
        <translation>文件多处损坏：只读取了其前部。</translation>
    </message>
    <message>
        <source>Texts stand in the file as {encoding}, not as IFC&apos;s standard wants; they were read all the same.</source>
        <translation>文件中的文字采用 {encoding} 编码，不符合 IFC 标准；仍已读取。</translation>
    </message>
    <message>
        <source>&apos;*&apos; stood where &apos;$&apos; belongs and was read as &apos;$&apos;.</source>
        <translation>本应为 '$' 的位置写成了 '*'，已按 '$' 读取。</translation>
    </message>
    <message>
        <source>The file numbers its records beyond 2147483647; they were numbered anew.</source>
        <translation>文件的记录编号超过 2147483647，已重新编号。</translation>
    </message>
    <message>
        <source>The file has no IfcProject; metres were assumed.</source>
        <translation>文件没有 IfcProject；长度单位按米处理。</translation>
    </message>
    <message>
        <source>It holds no building or facility with a shape.</source>
        <translation>其中没有带几何形状的建筑或设施。</translation>
    </message>
    <message>
        <source>No element could be meshed.</source>
        <translation>没有一个构件能够网格化。</translation>
    </message>
    <message>
        <source>The model has no shell elements; its spaces were used.</source>
        <translation>模型没有围护构件；改用其空间。</translation>
    </message>
    <message>
        <source>{count} of {total} elements have no usable shape.</source>
        <translation>{total} 个构件中有 {count} 个没有可用的形状。</translation>
    </message>
    <message>
        <source>{count} elements are drawn as boxes, since no kernel could mesh them.</source>
        <translation>{count} 个构件以长方体表示，因为没有几何内核能将其网格化。</translation>
    </message>
    <message>
        <source>The geometry kernels hung or crashed; elements are drawn as boxes.</source>
        <translation>几何内核停止响应或崩溃；构件以长方体表示。</translation>
    </message>
    <message>
        <source>No door is modelled, so where water can come in is unknown.</source>
        <translation>模型中没有门，因此无法得知水从何处进入。</translation>
    </message>
    <message>
        <source>The gross floor area of {name} is {storeys_m2:.0f} m² by its storeys' plans, but {stated_m2:.0f} m² by the model's quantities; the plans' is used.</source>
        <translation>{name} 的总建筑面积按楼层平面为 {storeys_m2:.0f} m²，按模型工程量为 {stated_m2:.0f} m²；采用楼层平面的数值。</translation>
    </message>
    <message>
        <source>Only the first {most} of {total} buildings were kept.</source>
        <translation>{total} 栋建筑中只保留了前 {most} 栋。</translation>
    </message>
    <message>
        <source>Only the first {most} of {total} storeys were kept.</source>
        <translation>{total} 个楼层中只保留了前 {most} 个。</translation>
    </message>
    <message>
        <source>Only the first {most} of {total} openings were kept.</source>
        <translation>{total} 个洞口中只保留了前 {most} 个。</translation>
    </message>
    <message>
        <source>Only the first {most} of {total} underground were kept.</source>
        <translation>{total} 个地下部分中只保留了前 {most} 个。</translation>
    </message>
    <message>
        <source>{count} of its solids have too many faces for 3D views and are drawn plainly or left out.</source>
        <translation>其中 {count} 个实体的面过多，不适于三维视图，已简化绘制或略去。</translation>
    </message>
    <message>
        <source>{count} polygons of too many points were simplified or drawn as rectangles.</source>
        <translation>{count} 个多边形的点过多，已简化或以矩形表示。</translation>
    </message>
    <message>
        <source>The placement names the CRS &apos;{crs}&apos;, which is not known.</source>
        <translation>定位记录中的坐标系“{crs}”无法识别。</translation>
    </message>
    <message>
        <source>The place cannot be read, since the file is damaged there ({error}).</source>
        <translation>无法读取位置，因为文件此处已损坏（{error}）。</translation>
    </message>
    <message>
        <source>The place that the model names lies beyond the earth and was not used; give one in PLACEMENTS.</source>
        <translation>模型给出的位置超出地球范围，未予采用；请在 PLACEMENTS 中给出位置。</translation>
    </message>
    <message>
        <source>The model&apos;s zero point would lie at {z_m:,.0f} m: check whether its height is in millimetres.</source>
        <translation>模型零点的高程将为 {z_m:,.0f} m：请检查其高度是否以毫米为单位。</translation>
    </message>
    <message>
        <source>{name} holds something else than numbers and was skipped.</source>
        <translation>{name} 含有非数值内容，已跳过。</translation>
    </message>
    <message>
        <source>The map conversion names the CRS &apos;{crs}&apos;, which is not known; SOURCE_CRS was used.</source>
        <translation>地图转换中的坐标系“{crs}”无法识别；已采用 SOURCE_CRS。</translation>
    </message>
    <message>
        <source>The map conversion names the CRS &apos;{crs}&apos;, which is not known; give SOURCE_CRS.</source>
        <translation>地图转换中的坐标系“{crs}”无法识别；请给出 SOURCE_CRS。</translation>
    </message>
    <message>
        <source>The map conversion names no CRS; SOURCE_CRS was used.</source>
        <translation>地图转换未注明坐标系；已采用 SOURCE_CRS。</translation>
    </message>
    <message>
        <source>The map conversion names no CRS; give SOURCE_CRS.</source>
        <translation>地图转换未注明坐标系；请给出 SOURCE_CRS。</translation>
    </message>
    <message>
        <source>The map conversion is all zero and was ignored.</source>
        <translation>地图转换的值全为零，已忽略。</translation>
    </message>
    <message>
        <source>The map conversion is all zero, and the coordinates lie in its CRS already.</source>
        <translation>地图转换的值全为零，坐标已处于其坐标系中。</translation>
    </message>
    <message>
        <source>The model is georeferenced twice: its coordinates lie in the CRS already; the map conversion was skipped.</source>
        <translation>模型被重复地理配准：其坐标已处于坐标系中；已跳过地图转换。</translation>
    </message>
    <message>
        <source>The map conversion&apos;s latitude and longitude lie outside the area of its CRS and were ignored.</source>
        <translation>地图转换的经纬度位于其坐标系的适用范围之外，已忽略。</translation>
    </message>
    <message>
        <source>Longitude stands before latitude, against the order of the CRS; the order that fits its area was used.</source>
        <translation>经度写在纬度之前，与坐标系的轴序不符；已采用与其适用范围相符的顺序。</translation>
    </message>
    <message>
        <source>Latitude and longitude may be swapped: both orders lie in the area of the CRS.</source>
        <translation>经纬度可能颠倒：两种顺序都在坐标系的适用范围内。</translation>
    </message>
    <message>
        <source>The CRS names no area of use, so the place could not be checked.</source>
        <translation>坐标系未注明适用范围，因此无法核对位置。</translation>
    </message>
    <message>
        <source>Eastings and northings were multiplied by {factor:g}: as written they lie outside the CRS&apos;s area.</source>
        <translation>东坐标和北坐标已乘以 {factor:g}：按原值位于坐标系的适用范围之外。</translation>
    </message>
    <message>
        <source>The map unit named is {factor:g} units of the CRS; as written the place fits the CRS.</source>
        <translation>所注地图单位等于 {factor:g} 个坐标系单位；按原值位置与坐标系相符。</translation>
    </message>
    <message>
        <source>The easting lacks the zone prefix {prefix} of the CRS, which was added.</source>
        <translation>东坐标缺少坐标系的带号 {prefix}，已补上。</translation>
    </message>
    <message>
        <source>The easting carries a zone prefix: {zone} was used instead of {crs}.</source>
        <translation>东坐标带有带号：已采用 {zone} 代替 {crs}。</translation>
    </message>
    <message>
        <source>The easting carries the zone prefix {prefix}: {zone} was used.</source>
        <translation>东坐标带有带号 {prefix}：已采用 {zone}。</translation>
    </message>
    <message>
        <source>The easting carries the zone prefix {prefix}: {zone} was used; the datum is a guess.</source>
        <translation>东坐标带有带号 {prefix}：已采用 {zone}；基准面为推测。</translation>
    </message>
    <message>
        <source>Eastings and northings lie outside the area of the CRS: check them.</source>
        <translation>东坐标和北坐标位于坐标系的适用范围之外：请检查。</translation>
    </message>
    <message>
        <source>Scale was read as a plain factor, not as one that converts units.</source>
        <translation>Scale 按单纯的比例系数读取，而非单位换算系数。</translation>
    </message>
    <message>
        <source>Scale is written upside down and was inverted.</source>
        <translation>Scale 写成了倒数，已取其倒数。</translation>
    </message>
    <message>
        <source>Scale was read against metres, not against the map unit it names.</source>
        <translation>Scale 按米读取，而非按所注的地图单位。</translation>
    </message>
    <message>
        <source>Scale was read as feet.</source>
        <translation>Scale 按英尺读取。</translation>
    </message>
    <message>
        <source>Scale {scale:g} fits no pair of units and was read as 1.</source>
        <translation>Scale {scale:g} 与任何单位组合都不符，已按 1 读取。</translation>
    </message>
    <message>
        <source>The coordinates are absolute but lie outside the area of SOURCE_CRS.</source>
        <translation>坐标为绝对坐标，但位于 SOURCE_CRS 的适用范围之外。</translation>
    </message>
    <message>
        <source>The coordinates are absolute and no CRS is named; give SOURCE_CRS.</source>
        <translation>坐标为绝对坐标，但未注明坐标系；请给出 SOURCE_CRS。</translation>
    </message>
    <message>
        <source>Latitude and longitude ({lat:.4f}, {lon:.4f}) are an authoring tool&apos;s default ({city}), so the model has no place.</source>
        <translation>经纬度（{lat:.4f}，{lon:.4f}）是建模软件的默认值（{city}），因此模型没有定位。</translation>
    </message>
    <message>
        <source>Latitude and longitude are given to the minute only: the place may be a kilometre off.</source>
        <translation>经纬度只精确到分：位置可能偏差一公里。</translation>
    </message>
    <message>
        <source>The site&apos;s placement repeats the turn of TrueNorth, which was therefore ignored.</source>
        <translation>场地的局部定位重复了 TrueNorth 的旋转，因此忽略 TrueNorth。</translation>
    </message>
    <message>
        <source>The ground floor of {name} at {floor_m:.2f} m lies {distance_m:.1f} m above the terrain: check its place, vertical datum and unit.</source>
        <translation>{name} 的首层标高 {floor_m:.2f} m，高于地形 {distance_m:.1f} m：请检查其位置、高程基准和单位。</translation>
    </message>
    <message>
        <source>The ground floor of {name} at {floor_m:.2f} m lies {distance_m:.1f} m below the terrain: check its place, vertical datum and unit.</source>
        <translation>{name} 的首层标高 {floor_m:.2f} m，低于地形 {distance_m:.1f} m：请检查其位置、高程基准和单位。</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>Missing in the layer &apos;{layer}&apos;: {count} of the {total} buildings of {name}.</source>
        <translation>图层“{layer}”中缺少 {name} 的 {total} 栋建筑中的 {count} 栋。</translation>
    </message>
    <message>
        <source>{name} has no elevation: sills were left out.</source>
        <translation>{name} 没有高程：已略去门槛标高。</translation>
    </message>
    <message>
        <source>{name} has no entity in the file that could carry its results.</source>
        <translation>文件中没有可承载 {name} 结果的实体。</translation>
    </message>
    <message>
        <source>{count} openings of {name} were not found in the file&apos;s text.</source>
        <translation>在文件文本中未找到 {name} 的 {count} 个洞口。</translation>
    </message>
    <message>
        <source>The workers of &apos;{address}&apos; lack the plugin or a package ({error}): give them the plugin&apos;s folder on PYTHONPATH and the packages of its requirements.txt.</source>
        <translation>“{address}”的工作进程缺少本插件或某个 Python 包（{error}）：请将插件文件夹加入其 PYTHONPATH，并安装 requirements.txt 中的包。</translation>
    </message>
    <message>
        <source>SCHEDULER needs the Python package &apos;distributed&apos;: install it, or leave SCHEDULER empty to work on this machine.</source>
        <translation>SCHEDULER 需要 Python 包“distributed”：请安装该包，或将 SCHEDULER 留空以在本机运行。</translation>
    </message>
    <message>
        <source>The worker {worker} of &apos;{address}&apos; has {theirs}, this machine has {own}: install the same versions.</source>
        <translation>“{address}”的工作进程 {worker} 使用 {theirs}，本机使用 {own}：请安装相同版本。</translation>
    </message>
    <message>
        <source>latitude, longitude and true north</source>
        <translation>纬度、经度和真北</translation>
    </message>
    <message>
        <source>absolute coordinates, SOURCE_CRS</source>
        <translation>绝对坐标，SOURCE_CRS</translation>
    </message>
    <message>
        <source>absolute coordinates, zone prefix</source>
        <translation>绝对坐标，带号</translation>
    </message>
    <message>
        <source>{count:,} rows</source>
        <translation>{count:,} 行</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>{name} &apos;{path}&apos; has no rows or lacks the column {missing}: correct or restore it.</source>
        <translation>{name}“{path}”没有记录或缺少列 {missing}：请更正或恢复。</translation>
    </message>
    <message>
        <source>{name} &apos;{path}&apos; cannot be read ({error}): restore it, or give one in UTF-8.</source>
        <translation>无法读取{name}“{path}”（{error}）：请恢复，或提供 UTF-8 编码的表。</translation>
    </message>
    <message>
        <source>The table of topics</source>
        <translation>主题表</translation>
    </message>
    <message>
        <source>The table of topics &apos;{path}&apos; has an unknown kind: install the plugin again.</source>
        <translation>主题表“{path}”含未知类型：请重新安装插件。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be written ({reason}): choose another place or free some space.</source>
        <translation>无法写入“{path}”（{reason}）：请选择其他位置或释放空间。</translation>
    </message>
    <message>
        <source>Choose a GeoPackage in TWIN_BASE or a connection in CONNECTION, but not both.</source>
        <translation>请在 TWIN_BASE 中指定 GeoPackage，或在 CONNECTION 中指定连接，二者只选其一。</translation>
    </message>
    <message>
        <source>it sent no features</source>
        <translation>未返回任何要素</translation>
    </message>
    <message>
        <source>&apos;{schema}&apos; is no name of a schema: use letters, digits and underscores, beginning with a letter.</source>
        <translation>“{schema}”不是有效的模式名：请使用字母、数字和下划线，并以字母开头。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; cannot be read ({reason}): choose the .nc file that the flood simulation wrote, or run it again.</source>
        <translation>无法读取结果“{path}”（{reason}）：请选择内涝模拟写出的 .nc 文件，或重新运行模拟。</translation>
    </message>
    <message>
        <source>it is no NetCDF file</source>
        <translation>不是 NetCDF 文件</translation>
    </message>
    <message>
        <source>it has no variable &apos;{name}&apos; by time and face</source>
        <translation>没有按时间和网格面存储的变量“{name}”</translation>
    </message>
    <message>
        <source>step {step} is damaged</source>
        <translation>第 {step} 步已损坏</translation>
    </message>
    <message>
        <source>it has no times</source>
        <translation>没有时间</translation>
    </message>
    <message>
        <source>its times have the unknown unit &apos;{unit}&apos;</source>
        <translation>时间的单位“{unit}”未知</translation>
    </message>
    <message>
        <source>it has no coordinates of its faces</source>
        <translation>没有网格面的坐标</translation>
    </message>
    <message>
        <source>its faces are on no regular grid</source>
        <translation>网格面不在规则格网上</translation>
    </message>
    <message>
        <source>{name} &apos;{path}&apos; has more than {limit:,} rows: split it.</source>
        <translation>{name}“{path}”超过 {limit:,} 行：请拆分。</translation>
    </message>
    <message>
        <source>it leads to {ip}, in this computer or the local network, where &apos;{given}&apos; itself is not: where that is meant, enter its address yourself</source>
        <translation>它指向 {ip}，位于本机或本地网络，而“{given}”本身不在其中：如确需访问，请直接输入其地址</translation>
    </message>
    <message>
        <source>its name leads to {ip}, into this computer or a network where it was not before: where that is meant, enter the IP address itself</source>
        <translation>其名称指向 {ip}，即本机或此前未曾指向的网络：如确需访问，请直接输入该 IP 地址</translation>
    </message>
    <message>
        <source>the request failed ({error})</source>
        <translation>请求失败（{error}）</translation>
    </message>
    <message>
        <source>its certificate is another one than the one that was accepted</source>
        <translation>其证书与已接受的证书不同</translation>
    </message>
    <message>
        <source>no network leads to it</source>
        <translation>没有可到达它的网络</translation>
    </message>
    <message>
        <source>it sends more than {size:.0f} kB of headers</source>
        <translation>其发送的头信息超过 {size:.0f} kB</translation>
    </message>
    <message>
        <source>its headers are not complete after {seconds:.0f} s</source>
        <translation>其头信息在 {seconds:.0f} 秒后仍不完整</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is locked by another program ({reason}): save and close it there, or choose another file.</source>
        <translation>“{path}”被其他程序锁定（{reason}）：请在该程序中保存并关闭，或选择其他文件。</translation>
    </message>
    <message>
        <source>Another run is putting its results into &apos;{folder}&apos;: wait for it to end.</source>
        <translation>另一次运行正在向“{folder}”写入结果：请等待其结束。</translation>
    </message>
    <message>
        <source>{error} Nothing was replaced. The results of this run are in {folders}.</source>
        <translation>{error}没有替换任何文件。本次运行的结果位于 {folders}。</translation>
    </message>
    <message>
        <source>&apos;{final}&apos; cannot be written: rasters are GeoTIFF files, choose a name with .tif.</source>
        <translation>无法写入“{final}”：栅格以 GeoTIFF 保存，请选择以 .tif 结尾的文件名。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be used ({reason}): check the path, the permissions and the space on the disk.</source>
        <translation>无法使用“{path}”（{reason}）：请检查路径、权限和磁盘空间。</translation>
    </message>
    <message>
        <source>There is not enough memory for this run: take larger cells, a smaller extent or fewer models at once, or close other programs.</source>
        <translation>内存不足以完成本次运行：请使用更大的单元、更小的范围或一次处理较少的模型，或关闭其他程序。</translation>
    </message>
    <message>
        <source>A database cannot be used ({reason}). Check the disk and the permissions, close what has it open, and run it again.</source>
        <translation>无法使用数据库（{reason}）。请检查磁盘和权限，关闭占用它的程序，然后重新运行。</translation>
    </message>
    <message>
        <source>{library} stopped the run ({reason}). Check the inputs, the memory and the disk of the outputs.</source>
        <translation>{library} 中止了运行（{reason}）。请检查输入、内存以及输出所在磁盘。</translation>
    </message>
    <message>
        <source>The system stopped the run ({reason}). Check the disk, the path and the memory.</source>
        <translation>系统中止了运行（{reason}）。请检查磁盘、路径和内存。</translation>
    </message>
    <message>
        <source>Every cell of the terrain &apos;{layer}&apos; has the height {m:g} m.</source>
        <translation>地形“{layer}”的所有像元高程均为 {m:g} m。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be used for {parameter}: it is the output {found} of City Twin. Choose its output {output}.</source>
        <translation>栅格“{layer}”不能用于 {parameter}：它是 City Twin 的输出 {found}。请选择其输出 {output}。</translation>
    </message>
    <message>
        <source>The depths of &apos;{layer}&apos; go from {low:g} m to {high:g} m: make sure that it is neither a terrain nor a water level, and that its no data value is set.</source>
        <translation>“{layer}”的水深为 {low:g} m 至 {high:g} m：请确认它不是地形或水位，并且已设置无数据值。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain: it is the output {output} of City Twin. Choose a raster of heights.</source>
        <translation>栅格“{layer}”不是地形：它是 City Twin 的输出 {output}。请选择高程栅格。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain: it is a picture. Choose a raster of heights.</source>
        <translation>栅格“{layer}”不是地形：它是图片。请选择高程栅格。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain: its values are classes with names or colours. Choose a raster of heights.</source>
        <translation>栅格“{layer}”不是地形：其值是带名称或颜色的类别。请选择高程栅格。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain: its values are complex numbers. Choose a raster of heights.</source>
        <translation>栅格“{layer}”不是地形：其值是复数。请选择高程栅格。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain: its values are bytes, as those of pictures and classes. If they are heights in m, convert it to Float32 with &apos;Translate (convert format)&apos;.</source>
        <translation>栅格“{layer}”不是地形：其值为字节型，像图片或分类数据。如果它们是以米为单位的高程，请用“转换 (格式转换)”将其转为 Float32。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain: all its cells have no data. Choose a raster of heights.</source>
        <translation>栅格“{layer}”不是地形：所有像元均无数据。请选择高程栅格。</translation>
    </message>
    <message>
        <source>What answers at &apos;{address}&apos; is not the dask scheduler of your certificates ({error}): nothing was sent. Check the address and the certificates on both sides.</source>
        <translation>“{address}”处的应答者不是您的证书所对应的 dask 调度器（{error}）：未发送任何内容。请检查地址以及两端的证书。</translation>
    </message>
    <message>
        <source>&apos;{address}&apos; is no address of a dask scheduler: write it as tls://host:port.</source>
        <translation>“{address}”不是 dask 调度器的地址：请写成 tls://主机:端口。</translation>
    </message>
    <message>
        <source>The dask scheduler at &apos;{address}&apos; was not asked: without certificates, whoever answers there or listens on the way can run code on this computer. Start it with certificates and write tls://host:port, or set TRUSTED_NETWORK where only people whom you trust reach the network.</source>
        <translation>未连接位于“{address}”的 dask 调度器：没有证书时，在该处应答或在途中监听的任何人都可以在本机上运行代码。请用证书启动调度器并写成 tls://主机:端口；若只有您信任的人能访问该网络，也可设置 TRUSTED_NETWORK。</translation>
    </message>
    <message>
        <source>The dask scheduler at &apos;{address}&apos; needs certificates: name a folder with {names} in SCHEDULER_CERTIFICATES, or configure distributed.comm.tls in dask&apos;s own configuration.</source>
        <translation>位于“{address}”的 dask 调度器需要证书：请在 SCHEDULER_CERTIFICATES 中指定包含 {names} 的文件夹，或在 dask 自己的配置中设置 distributed.comm.tls。</translation>
    </message>
    <message>
        <source>The folder &apos;{folder}&apos; lacks {missing}: certificates for a dask scheduler are {names}.</source>
        <translation>文件夹“{folder}”中缺少 {missing}：dask 调度器的证书由 {names} 组成。</translation>
    </message>
    <message>
        <source>The certificates for the dask scheduler at &apos;{address}&apos; cannot be read ({error}): give PEM files, and a key without a password.</source>
        <translation>无法读取位于“{address}”的 dask 调度器的证书（{error}）：请提供 PEM 文件，且私钥不加密码。</translation>
    </message>
    <message>
        <source>{count:,} records named an authentication configuration ({names}): the name was left out, since the file also chose where the login would go. Harvest their servers with AUTHCFG, or name it under &apos;Edit record&apos;.</source>
        <translation>{count:,} 条记录指定了认证配置（{names}）：名称已略去，因为登录信息发往何处也由该文件决定。请带 AUTHCFG 采集相应的服务器，或在“编辑记录”中指定配置。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos; gave no record within {minutes:g} min: raise TIME_LIMIT, or harvest a part of it.</source>
        <translation>“{source}”在 {minutes:g} 分钟内未给出任何记录：请增大 TIME_LIMIT，或只采集其中一部分。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos; was stopped after {minutes:g} min with {count:,} records, which are kept; nothing was marked as withdrawn. Raise TIME_LIMIT to read all of it.</source>
        <translation>“{source}”在 {minutes:g} 分钟后停止，已读取的 {count:,} 条记录予以保留，没有记录被标记为已下线。如需全部读取，请增大 TIME_LIMIT。</translation>
    </message>
    <message>
        <source>It has more than {limit:,} folders.</source>
        <translation>其文件夹超过 {limit:,} 个。</translation>
    </message>
    <message>
        <source>A new twin base</source>
        <translation>新的孪生底座</translation>
    </message>
    <message>
        <source>{name} cannot be written: it is read-only here. Choose another place, or change its permissions.</source>
        <translation>{name}无法写入：它在这里是只读的。请另选位置，或更改其权限。</translation>
    </message>
    <message>
        <source>The folder {root} holds no .ifc or .ifczip file, but links that lead out of it ({count}), which are not followed. Copy the models into the folder.</source>
        <translation>文件夹 {root} 中没有 .ifc 或 .ifczip 文件，只有指向文件夹之外的链接（{count} 个），这些链接不会被跟随。请把模型复制到该文件夹中。</translation>
    </message>
    <message>
        <source>Links that lead out of the folder were not followed: {count}, the first is &apos;{path}&apos;. Copy what they lead to into the folder.</source>
        <translation>指向文件夹之外的链接未被跟随：{count} 个，第一个是“{path}”。请把链接所指的内容复制到该文件夹中。</translation>
    </message>
    <message>
        <source>{count} models lie in folders that cannot be looked into, or behind links that lead out of the folder; they stay as they were.</source>
        <translation>{count} 个模型位于无法查看的文件夹中，或位于指向文件夹之外的链接之后；它们保持原样。</translation>
    </message>
    <message>
        <source>The link &apos;{path}&apos; leads out of the folder and was not followed. Copy what it leads to into the folder.</source>
        <translation>链接“{path}”指向文件夹之外，未被跟随。请把它所指的内容复制到该文件夹中。</translation>
    </message>
    <message>
        <source>&apos;{settings}&apos; would change how the kernels are compiled, and which files numba writes: start QGIS in another folder, or remove it.</source>
        <translation>“{settings}”会改变内核的编译方式以及 numba 写入的文件：请在其他文件夹中启动 QGIS，或删除该文件。</translation>
    </message>
    <message>
        <source>nothing came within {seconds:.0f} s</source>
        <translation>{seconds:.0f} 秒内没有任何应答</translation>
    </message>
    <message>
        <source>{name} is damaged ({error}): restore it from a copy, or move it away and update a new one.</source>
        <translation>{name}已损坏（{error}）：请从备份恢复，或将其移走并更新一个新的。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be read: the file seems damaged ({gdal}). Copy or export it again.</source>
        <translation>无法读取栅格“{layer}”：文件可能已损坏（{gdal}）。请重新复制或导出。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; cannot be read to its end ({gdal}): the file seems damaged. Copy or export it again.</source>
        <translation>图层“{layer}”无法读到末尾（{gdal}）：文件可能已损坏。请重新复制或导出。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be brought to {target} ({gdal}): the file may be damaged, copy or export it again.</source>
        <translation>无法把栅格“{layer}”转换到 {target}（{gdal}）：文件可能已损坏，请重新复制或导出。</translation>
    </message>
    <message>
        <source>Unterminated string or list</source>
        <translation>字符串或列表未结束</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>存在多余数据</translation>
    </message>
    <message>
        <source>Expecting &apos;,&apos; delimiter</source>
        <translation>此处应为分隔符“,”</translation>
    </message>
    <message>
        <source>Expecting value</source>
        <translation>此处应为值</translation>
    </message>
    <message>
        <source>Expecting property name enclosed in double quotes</source>
        <translation>此处应为双引号括起的属性名</translation>
    </message>
    <message>
        <source>it sends longer or more headers than are read</source>
        <translation>其发送的头信息过长或过多</translation>
    </message>
    <message>
        <source>&apos;{base}&apos; answers, but in none of the protocols that are known: its reply {reason}. Choose its PROTOCOL, or give the address of the service itself.</source>
        <translation>“{base}”有响应，但不属于任何已知协议：其响应{reason}。请选择 PROTOCOL，或给出服务本身的地址。</translation>
    </message>
    <message>
        <source>{name} is ifcJSON, which is not read. Export it as a STEP file (.ifc).</source>
        <translation>{name} 是 ifcJSON，无法读取。请导出为 STEP 文件（.ifc）。</translation>
    </message>
    <message>
        <source>{name} is packed by {packer}: unpack it, then read the model in it.</source>
        <translation>{name} 由 {packer} 压缩：请先解压，再读取其中的模型。</translation>
    </message>
    <message>
        <source>{name} is a web page, not a model: download the file itself.</source>
        <translation>{name} 是网页而不是模型：请下载文件本身。</translation>
    </message>
    <message>
        <source>{name} is {format}, not IFC. Export it as IFC from the program that wrote it.</source>
        <translation>{name} 是 {format}，不是 IFC。请用生成它的程序导出 IFC。</translation>
    </message>
    <message>
        <source>{name} holds {count} models; the largest was read, {model}. Unzip it to read the others: {others}.</source>
        <translation>{name} 含有 {count} 个模型；只读取了最大的 {model}。请解压后读取其余模型：{others}。</translation>
    </message>
    <message>
        <source>Marks of comments without a partner (&apos;/*&apos; or &apos;*/&apos;) were skipped: {count}.</source>
        <translation>已忽略不成对的注释标记（“/*”或“*/”）：{count} 个。</translation>
    </message>
    <message>
        <source>Only {read} of {written} records of the file could be read.</source>
        <translation>文件的 {written} 条记录中只读取了 {read} 条。</translation>
    </message>
    <message>
        <source>{count} records of classes that the schema lacks were skipped: {classes}.</source>
        <translation>已忽略 {count} 条模式中没有的类的记录：{classes}。</translation>
    </message>
    <message>
        <source>It has no place on the map.</source>
        <translation>它在地图上没有位置。</translation>
    </message>
    <message>
        <source>The easting carries the zone prefix {prefix}, which {crs} has not; it was taken off.</source>
        <translation>东坐标带有带号 {prefix}，而 {crs} 不含带号；已将其去掉。</translation>
    </message>
    <message>
        <source>The site has only one of latitude and longitude, which is no place.</source>
        <translation>场地只给出了纬度和经度之一，不能确定位置。</translation>
    </message>
    <message>
        <source>Latitude {lat:.4f} and longitude {lon:.4f} are no place on earth and were not used.</source>
        <translation>纬度 {lat:.4f} 和经度 {lon:.4f} 不是地球上的位置，未采用。</translation>
    </message>
    <message>
        <source>Latitude {lat:.4f} and longitude {lon:.4f} are swapped, since no latitude is above 90; they were exchanged.</source>
        <translation>纬度 {lat:.4f} 和经度 {lon:.4f} 颠倒了，因为纬度不会大于 90；已互换。</translation>
    </message>
    <message>
        <source>The coordinates are absolute and lie {distance_km:,.0f} km from the site&apos;s own point, so latitude and longitude cannot place the model.</source>
        <translation>坐标是绝对坐标，距场地自身的点 {distance_km:,.0f} km，因此不能用经纬度确定模型的位置。</translation>
    </message>
    <message>
        <source>The model&apos;s {count} sites have places of their own, by which their buildings were placed.</source>
        <translation>模型的 {count} 个场地各有自己的位置，其建筑物按各自的场地放置。</translation>
    </message>
    <message>
        <source>It names neither a map conversion nor latitude and longitude, and its coordinates are its own: give its place in PLACEMENTS.</source>
        <translation>它既没有地图转换，也没有经纬度，坐标是它自己的：请在 PLACEMENTS 中给出其位置。</translation>
    </message>
    <message>
        <source>It lies outside the area of {crs}, the CRS of the output, where coordinates are distorted: choose a CRS that fits, or load it apart.</source>
        <translation>它位于输出坐标系 {crs} 的适用范围之外，那里的坐标会变形：请选择合适的坐标系，或单独加载它。</translation>
    </message>
    <message>
        <source>The storeys of {name} stand at absolute heights, and neither names nor doors tell the ground floor: {storey} at {elev_m:.2f} m was taken.</source>
        <translation>{name} 的楼层采用绝对高程，名称和门都不能说明哪一层是首层：取了 {elev_m:.2f} m 处的 {storey}。</translation>
    </message>
    <message>
        <source>{name} would cover {area_m2:,.6g} m² and be {height_m:,.6g} m high: its lengths seem to need the factor {factor:.6g}. Nothing was scaled; correct the unit of the model and export it again.</source>
        <translation>{name} 将占地 {area_m2:,.6g} m²、高 {height_m:,.6g} m：其长度似乎需要乘以 {factor:.6g}。未做缩放；请更正模型的单位后重新导出。</translation>
    </message>
    <message>
        <source>{name} would cover {area_m2:,.6g} m² and be {height_m:,.6g} m high, which no building does: check the unit of the model and what lies far from the rest.</source>
        <translation>{name} 将占地 {area_m2:,.6g} m²、高 {height_m:,.6g} m，没有这样的建筑物：请检查模型的单位以及远离其余部分的构件。</translation>
    </message>
    <message>
        <source>{name} has {floors} storeys above ground in a height of {height_m:.2f} m: check its storeys.</source>
        <translation>{name} 在 {height_m:.2f} m 的高度内有 {floors} 个地上楼层：请检查其楼层。</translation>
    </message>
    <message>
        <source>The floors of {name} cover {floor_m2:,.0f} m², less than its footprint of {footprint_m2:,.0f} m²: check its storeys.</source>
        <translation>{name} 的楼层面积为 {floor_m2:,.0f} m²，小于其占地面积 {footprint_m2:,.0f} m²：请检查其楼层。</translation>
    </message>
    <message>
        <source>The storeys of {name} lie {distance_m:,.0f} m above or below all of its shapes: their heights are of another zero.</source>
        <translation>{name} 的楼层位于其所有形体之上或之下 {distance_m:,.0f} m 处：它们的高程采用另一个零点。</translation>
    </message>
    <message>
        <source>{count} elements are in no building&apos;s structure; they were taken to the building in whose axes they lie.</source>
        <translation>{count} 个构件不属于任何建筑的结构；已按其所在坐标轴归入相应建筑。</translation>
    </message>
    <message>
        <source>{count} elements are in no building; they were taken to the one with most elements.</source>
        <translation>{count} 个构件不属于任何建筑；已归入构件最多的建筑。</translation>
    </message>
    <message>
        <source>{count} elements lie up to {distance_km:,.1f} km from the rest of their building and were left out of it.</source>
        <translation>{count} 个构件距其建筑其余部分最远 {distance_km:,.1f} 公里，已排除。</translation>
    </message>
    <message>
        <source>{count} elements lie up to {distance_km:,.1f} km from the rest of their building.</source>
        <translation>{count} 个构件距其建筑其余部分最远 {distance_km:,.1f} 公里。</translation>
    </message>
    <message>
        <source>{name} consists of doors only, which are no building: its walls have no shape.</source>
        <translation>{name} 只有门，不成建筑：其墙体没有形体。</translation>
    </message>
    <message>
        <source>{name} has no floor, roof or space: all that its walls enclose was taken as built.</source>
        <translation>{name} 没有楼板、屋顶或空间：墙体围合的全部范围视为建筑。</translation>
    </message>
    <message>
        <source>{name} has slabs at the ground that reach {area_m2:,.0f} m² beyond what stands on them; these were left out of the footprint.</source>
        <translation>{name} 地面处的板超出其上结构 {area_m2:,.0f} 平方米；超出部分未计入基底轮廓。</translation>
    </message>
    <message>
        <source>{count} elements are a terrain by their names and were left out.</source>
        <translation>{count} 个构件按名称是地形，已排除。</translation>
    </message>
    <message>
        <source>{name} took more than {seconds:.0f} s of processor time, also without its geometry. Open and export it again, or raise TIMEOUT.</source>
        <translation>{name} 即使不读几何也超过了 {seconds:.0f} s 的处理器时间。请打开并重新导出，或增大 TIMEOUT。</translation>
    </message>
    <message>
        <source>{name} was not read within {seconds:.0f} s, also alone and without its geometry, though it took less than {processor_s:.0f} s of processor time: the machine is busy, or a disk is slow. Read it again later, or raise TIMEOUT.</source>
        <translation>{name} 即使单独读取且不读几何，也未能在 {seconds:.0f} s 内读完，而所用处理器时间不到 {processor_s:.0f} s：机器繁忙，或磁盘缓慢。请稍后重新读取，或增大 TIMEOUT。</translation>
    </message>
    <message>
        <source>The machine was too busy, also for this file alone; elements are drawn as boxes. Read it again later.</source>
        <translation>机器过于繁忙，单独读取此文件时也是如此；构件以包围盒绘制。请稍后重新读取。</translation>
    </message>
    <message>
        <source>{count:,} more remarks of this kind.</source>
        <translation>另有 {count:,} 条此类说明。</translation>
    </message>
    <message>
        <source>{what} has {count:.0f} MB, more than the {size_limit:.0f} MB that are read at once: ask for a smaller part.</source>
        <translation>{what} 为 {count:.0f} MB，超过一次读取的上限 {size_limit:.0f} MB：请只请求其中一部分。</translation>
    </message>
    <message>
        <source>{what} has more than {limit:,} {things}: ask for a smaller part.</source>
        <translation>{what} 的{things}超过 {limit:,}：请只请求其中一部分。</translation>
    </message>
    <message>
        <source>{what} holds {count:,} numbers that are none or beyond all limits, such as NaN: they were left empty.</source>
        <translation>{what} 含有 {count:,} 个无效或超出范围的数值（如 NaN），已留空。</translation>
    </message>
    <message>
        <source>is packed with gzip and cut off</source>
        <translation>是 gzip 压缩数据，但不完整</translation>
    </message>
    <message>
        <source>is packed with gzip and damaged</source>
        <translation>是 gzip 压缩数据，但已损坏</translation>
    </message>
    <message>
        <source>{what} holds {count:,} bytes that are no text in {encoding}: each became '�'.</source>
        <translation>{what} 含有 {count:,} 个不属于 {encoding} 文本的字节，已各替换为“�”。</translation>
    </message>
    <message>
        <source>{what} is no UTF-8 and declares no encoding that fits: it was read as {encoding}, so its letters may be wrong.</source>
        <translation>{what} 不是 UTF-8，也未声明合适的编码：已按 {encoding} 读取，文字可能有误。</translation>
    </message>
    <message>
        <source>has a document type (DOCTYPE) or text with entities, which can be harmful</source>
        <translation>的文档类型声明（DOCTYPE）或文本中含有实体，可能有害</translation>
    </message>
    <message>
        <source>{what} goes on after its end (line {line}): the rest was left out.</source>
        <translation>{what} 在结束后（第 {line} 行）还有内容，已忽略。</translation>
    </message>
    <message>
        <source>has a document type (DOCTYPE) of more than {size:,} bytes</source>
        <translation>的文档类型声明（DOCTYPE）超过 {size:,} 字节</translation>
    </message>
    <message>
        <source>{count} models have no building: see the column reason.</source>
        <translation>{count} 个模型没有建筑物：见 reason 列。</translation>
    </message>
    <message>
        <source>{count} models have no place, so their geometry is empty: fill in the table UNPLACED and give it as PLACEMENTS.</source>
        <translation>{count} 个模型没有位置，其几何为空：请填写 UNPLACED 表，并作为 PLACEMENTS 提供。</translation>
    </message>
    <message>
        <source>{n} geometries of the layer &apos;{source}&apos; cannot be read and count as missing.</source>
        <translation>图层“{source}”有 {n} 个几何图形无法读取，按缺失处理。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; holds points, and points are no footprints: buffer them, or choose a layer of polygons.</source>
        <translation>图层“{name}”为点图层，点不是建筑轮廓：请先做缓冲区，或选择面图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; holds lines, and lines are no footprints: turn closed ones into polygons with &apos;Lines to polygons&apos;, or choose a layer of polygons.</source>
        <translation>图层“{name}”为线图层，线不是建筑轮廓：请用“线转多边形”将闭合线转换为面，或选择面图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no geometry: choose a layer of footprints.</source>
        <translation>图层“{name}”没有几何图形：请选择建筑轮廓图层。</translation>
    </message>
    <message>
        <source>{n} buildings share their id with another one, such as &apos;{id}&apos;: openings and storeys of that id count for the first of them, and joins by it are ambiguous. Give each building an id of its own.</source>
        <translation>{n} 栋建筑的 id 与其他建筑相同，例如“{id}”：该 id 的开口和楼层只计入其中第一栋，按 id 连接也有歧义。请为每栋建筑指定唯一的 id。</translation>
    </message>
    <message>
        <source>There is no curve for the sector &apos;{sector}&apos; in {name}: the damage of {n} buildings in water is empty.</source>
        <translation>{name}中没有部门“{sector}”的曲线：{n} 栋受淹建筑的损失为空。</translation>
    </message>
    <message>
        <source>There are no rows in {name}: give sector, depth_m and damage_fraction in each, or choose no table.</source>
        <translation>{name}没有数据行：每行需有 sector、depth_m 和 damage_fraction，或不选择表。</translation>
    </message>
    <message>
        <source>There is no column {missing} in {name}, whose columns are {columns}: the first row must name sector, depth_m and damage_fraction.</source>
        <translation>{name}缺少列 {missing}，现有列为 {columns}：首行必须写明 sector、depth_m 和 damage_fraction。</translation>
    </message>
    <message>
        <source>The curve &apos;{sector}&apos; of {name} falls from {high:g} at {depth:g} m to {low:g} at {depth2:g} m: deeper water costs less there. It is used as it is; check it.</source>
        <translation>{name}的曲线“{sector}”从水深 {depth:g} m 处的 {high:g} 降至 {depth2:g} m 处的 {low:g}：水更深而损失更小。已按原样使用，请核对。</translation>
    </message>
    <message>
        <source>{n} buildings have a use that is not in the tables of uses and words and count as residential: {words}. Add words to building_use.csv, or choose another field.</source>
        <translation>{n} 栋建筑的用途不在用途表和词表中，按住宅计：{words}。请在 building_use.csv 中补充词语，或另选字段。</translation>
    </message>
    <message>
        <source>{n} buildings have no water data around them, and their class is unknown. If the map leaves dry ground without data, choose dry for NO_DATA.</source>
        <translation>{n} 栋建筑周围没有水情数据，等级未知。如果该图把干燥地面留为无数据，请将 NO_DATA 选为 dry。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no field &apos;{name}&apos;: choose another one.</source>
        <translation>图层“{layer}”没有字段“{name}”：请另选字段。</translation>
    </message>
    <message>
        <source>{n} values of the field &apos;{field}&apos; are no numbers or no possible ones, such as &apos;{value}&apos;: they count as unknown.</source>
        <translation>字段“{field}”有 {n} 个值不是数字或不可能成立，例如“{value}”：按未知处理。</translation>
    </message>
    <message>
        <source>Input | read | left out | guessed | why</source>
        <translation>输入 | 已读取 | 未采用 | 推测 | 原因</translation>
    </message>
    <message>
        <source>{what} | {read} | {left_out} | {guessed} | {why}</source>
        <translation>{what} | {read} | {left_out} | {guessed} | {why}</translation>
    </message>
    <message>
        <source>no footprint, off the water or no data around: see the field reason</source>
        <translation>无轮廓、不在水情范围内或周围无数据：见字段 reason</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Ground floors</source>
        <translation>首层标高</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>by field: {fields}; no known use: {words}; unknown ones count as residential</source>
        <translation>按字段：{fields}；无法识别的用途：{words}；未知者按住宅计</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>no data counts as dry (NO_DATA)</source>
        <translation>无数据视为干燥（NO_DATA）</translation>
    </message>
    <message>
        <source>no data is unknown (NO_DATA)</source>
        <translation>无数据视为未知（NO_DATA）</translation>
    </message>
    <message>
        <source>{n} storeys have no level or belong to no building of the layer and are left out.</source>
        <translation>{n} 个楼层没有标高或不属于图层中的任何建筑，未采用。</translation>
    </message>
    <message>
        <source>use unknown: as residential</source>
        <translation>用途未知：按住宅计</translation>
    </message>
    <message>
        <source>{field}: not a possible value</source>
        <translation>{field}：取值不可能成立</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be used for {parameter}: its values go from {low:g} {unit} to {high:g} {unit}. If one of them marks cells without data or dry ones, set it as the no data value with &apos;Translate (convert format)&apos;; else choose another raster.</source>
        <translation>栅格“{layer}”不能用于 {parameter}：其值为 {low:g} {unit} 至 {high:g} {unit}。如果其中某个值表示无数据或无水的像元，请用“转换 (格式转换)”将其设为无数据值；否则请选择其他栅格。</translation>
    </message>
    <message>
        <source>The values of the raster &apos;{layer}&apos; are in {unit}, and those of a map must be in {wanted}: convert them with the raster calculator.</source>
        <translation>栅格“{layer}”的值以 {unit} 为单位，而地图的值须以 {wanted} 为单位：请用栅格计算器换算。</translation>
    </message>
    <message>
        <source>The values of the raster &apos;{layer}&apos; are in {unit}, and not lengths, times or speeds as {wanted} are: choose another raster, or correct the unit of its band.</source>
        <translation>栅格“{layer}”的值以 {unit} 为单位，与 {wanted} 所表示的长度、时间或速度不同：请选择其他栅格，或更正其波段的单位。</translation>
    </message>
    <message>
        <source>The values of the raster &apos;{layer}&apos; are in {unit}: they are converted to {wanted}.</source>
        <translation>栅格“{layer}”的值以 {unit} 为单位：已换算为 {wanted}。</translation>
    </message>
    <message>
        <source>The unit &apos;{unit}&apos; of the raster &apos;{layer}&apos; is not known: its values count as {wanted}.</source>
        <translation>栅格“{layer}”的单位“{unit}”无法识别：其值按 {wanted} 处理。</translation>
    </message>
    <message>
        <source>{depth_mm:g} mm of rain from {start_min:g} to {end_min:g} min are more than was ever measured in so short a time ({limit_mm:.0f} mm): the depths must be millimetres of each step, not an intensity in mm/h nor a running total, and the times minutes.</source>
        <translation>从 {start_min:g} 到 {end_min:g} min 的降雨为 {depth_mm:g} mm，超过如此短的时间内有过的最大实测值（{limit_mm:.0f} mm）：雨量须为每个时段的毫米数，而不是以 mm/h 计的雨强或累计值，时间须为分钟。</translation>
    </message>
    <message>
        <source>The storm of {source} lasts {hours:g} h, in steps of {step_min:g} min and more: if its times are seconds, divide them by 60.</source>
        <translation>{source} 的降雨历时 {hours:g} h，时段长至少 {step_min:g} min：如果其时间是秒，请除以 60。</translation>
    </message>
    <message>
        <source>The rain of {source} is {total:g} mm in all, which floods nothing: make sure that its depths are millimetres, not metres.</source>
        <translation>{source} 的降雨总量为 {total:g} mm，不会造成积水：请确认其雨量单位是毫米而不是米。</translation>
    </message>
    <message>
        <source>The rain of {source} from {start_min:g} to {end_min:g} min is {share:.0%} of the most that was ever measured in such a time: make sure that its depths are millimetres of each step, not mm/h, and its times minutes.</source>
        <translation>{source} 从 {start_min:g} 到 {end_min:g} min 的降雨达到同样时长内有过的最大实测值的 {share:.0%}：请确认其雨量为每个时段的毫米数而不是 mm/h，时间为分钟。</translation>
    </message>
    <message>
        <source>{rows} rows of {source} follow a gap, the first at {end_min:g} min: the rain of each counts as fallen in the last {step_min:g} min, and the gap as dry.</source>
        <translation>{source} 有 {rows} 行位于间断之后，第一行在 {end_min:g} min：每行的雨量按落在最后 {step_min:g} min 内计，间断期间按无雨计。</translation>
    </message>
    <message>
        <source>{n} geometries are no polygons and count as missing.</source>
        <translation>{n} 个几何图形不是面，按缺失处理。</translation>
    </message>
    <message>
        <source>{n} footprints have an area of 0: their water is that along their outline; check them.</source>
        <translation>{n} 个建筑轮廓面积为 0：其水情取自轮廓线沿线，请核对。</translation>
    </message>
    <message>
        <source>the layer</source>
        <translation>该图层</translation>
    </message>
    <message>
        <source>No building of {layer} lies on the cells of {water}: check that both have their right CRS.</source>
        <translation>{layer}中没有建筑位于{water}的单元上：请检查两者的坐标参考系是否正确。</translation>
    </message>
    <message>
        <source>the water raster</source>
        <translation>水情栅格</translation>
    </message>
    <message>
        <source>The extent of &apos;{what}&apos; fits none of its coordinate systems: it was left out.</source>
        <translation>“{what}”的范围与其任何坐标系都不符：已忽略。</translation>
    </message>
    <message>
        <source>The extent of &apos;{what}&apos; lies outside the area of {crs}.</source>
        <translation>“{what}”的范围不在 {crs} 的适用区域内。</translation>
    </message>
    <message>
        <source>The extent of &apos;{what}&apos; does not fit what its service says of it: it was read in {crs}{order}.</source>
        <translation>“{what}”的范围与其服务所述不符：已按 {crs} 读取{order}。</translation>
    </message>
    <message>
        <source>, northing or latitude first</source>
        <translation>，纵坐标或纬度在前</translation>
    </message>
    <message>
        <source>&apos;{base}&apos; is a web page, perhaps a login, and no service that is known: choose an authentication configuration or its PROTOCOL, or give the address of the service itself.</source>
        <translation>“{base}”是网页（可能是登录页），不是已知的服务：请选择认证配置或 PROTOCOL，或给出服务本身的地址。</translation>
    </message>
    <message>
        <source>says &apos;{words}&apos;</source>
        <translation>的内容为“{words}”</translation>
    </message>
    <message>
        <source>The service &apos;{name}&apos; ({kind}) was left out: of ArcGIS only feature and map services are read.</source>
        <translation>服务“{name}”（{kind}）已忽略：ArcGIS 只读取要素服务和地图服务。</translation>
    </message>
    <message>
        <source>Records of the kind &apos;{kind}&apos; were left out: they cannot be read.</source>
        <translation>类型为“{kind}”的记录无法读取，已忽略。</translation>
    </message>
    <message>
        <source>Truncated after {count:,} rows, since the next page failed: {error}</source>
        <translation>在 {count:,} 行后截断，因为下一页失败：{error}</translation>
    </message>
    <message>
        <source>A part of the catalogue is on another server, &apos;{host}&apos;, and was left out.</source>
        <translation>目录的一部分在另一台服务器“{host}”上，已忽略。</translation>
    </message>
    <message>
        <source>Items of the catalogue are on another server, &apos;{host}&apos;: left out.</source>
        <translation>目录的条目在另一台服务器“{host}”上，已忽略。</translation>
    </message>
    <message>
        <source>The service sends further pages only in an order: it sorts by {fields}. Rows that are equal there may be missing or come twice.</source>
        <translation>该服务只在排序后才提供后续页：已按 {fields} 排序。其值相同的行可能缺失或重复。</translation>
    </message>
    <message>
        <source>The service sent exactly {count:,} features and has no pages: it may hold back others. Ask for smaller areas.</source>
        <translation>该服务恰好发送了 {count:,} 个要素且不支持分页：可能还有其他要素未发送。请按较小区域查询。</translation>
    </message>
    <message>
        <source>the proxy that is set in QGIS does not accept the user name and password: correct them under Settings, Options, Network</source>
        <translation>QGIS 中设置的代理不接受用户名和密码：请在“设置”“选项”“网络”中更正</translation>
    </message>
    <message>
        <source>{count:,} of {all:,} buildings lie outside the terrain and have no effect.</source>
        <translation>{all:,} 栋建筑中有 {count:,} 栋位于地形之外，不起作用。</translation>
    </message>
    <message>
        <source>{count:,} of {all:,} buildings lie where the terrain has no data and have no effect.</source>
        <translation>{all:,} 栋建筑中有 {count:,} 栋位于地形无数据处，不起作用。</translation>
    </message>
    <message>
        <source>{count:,} of {all:,} buildings are smaller or narrower than a cell of {cell_m:g} m, or covered by others, so that they hold no cell&apos;s centre and have no effect: choose smaller cells where they matter.</source>
        <translation>{all:,} 栋建筑中有 {count:,} 栋小于或窄于 {cell_m:g} m 的像元，或被其他建筑覆盖，因此不含任何像元中心，不起作用：如果它们重要，请选择更小的像元。</translation>
    </message>
    <message>
        <source>{count:,} of {all:,} buildings have no polygon and no effect.</source>
        <translation>{all:,} 栋建筑中有 {count:,} 栋没有面几何，不起作用。</translation>
    </message>
    <message>
        <source>The mass error is {error:.1e} of all the water, above {limit:g}: the result cannot be used and was not written. Look for extreme heights or inflows, choose other cells, and report the case.</source>
        <translation>质量误差为全部水量的 {error:.1e}，超过 {limit:g}：结果不可用，未写出。请检查是否有极端的高程或入流，改用其他像元大小，并报告此情况。</translation>
    </message>
    <message>
        <source>Inflow {number} stands on a roof, from which its water runs down: move it beside the building if that is not meant.</source>
        <translation>第 {number} 个入流位于屋顶上：水从那里流下。如非本意，请将其移到建筑之外。</translation>
    </message>
    <message>
        <source>{share:.0%} of the area of inflow {number} lies outside the terrain or where that has no data: all of its water enters the rest.</source>
        <translation>第 {number} 个入流有 {share:.0%} 的面积位于地形之外或没有高程的像元上：其全部流量进入其余像元。</translation>
    </message>
    <message>
        <source>{share:.0%} of the cells of inflow {number} lie on buildings: all of its water enters the others.</source>
        <translation>第 {number} 个入流有 {share:.0%} 的像元位于建筑上：其全部流量进入其余像元。</translation>
    </message>
    <message>
        <source>{first} and {other} are results of two flood runs ({run1} and {run2}): choose the results of one run.</source>
        <translation>{first} 和 {other} 来自两次不同的内涝模拟（{run1} 和 {run2}）：请选择同一次模拟的结果。</translation>
    </message>
    <message>
        <source>STORM has {storm:.1f} mm of rain, and the run of SUMMARY had {rain:.1f} mm: choose the storm of this run, or leave STORM empty.</source>
        <translation>STORM 的雨量为 {storm:.1f} mm，而 SUMMARY 所属模拟的雨量为 {rain:.1f} mm：请选择该次模拟的暴雨，或将 STORM 留空。</translation>
    </message>
    <message>
        <source>RESULT ends after {end:.1f} min, and the run of SUMMARY after {duration:.1f} min: choose the results of one run.</source>
        <translation>RESULT 止于 {end:.1f} 分钟，而 SUMMARY 所属模拟止于 {duration:.1f} 分钟：请选择同一次模拟的结果。</translation>
    </message>
    <message>
        <source>The greatest depth of DEPTH_MAX is {depth:.2f} m, and that of the run of SUMMARY {summary:.2f} m: make sure that both are of one run.</source>
        <translation>DEPTH_MAX 的最大水深为 {depth:.2f} m，而 SUMMARY 所属模拟的最大水深为 {summary:.2f} m：请确认两者属于同一次模拟。</translation>
    </message>
    <message>
        <source>BUILDING_RISK has water of {risk:.2f} m, and DEPTH_MAX at most {depth:.2f} m: make sure that both are of one run.</source>
        <translation>BUILDING_RISK 中的水深达 {risk:.2f} m，而 DEPTH_MAX 最大仅 {depth:.2f} m：请确认两者属于同一次模拟。</translation>
    </message>
    <message>
        <source>In BUILDING_RISK water first enters after {first:.0f} min, later than the end of the run of SUMMARY: make sure that both are of one run.</source>
        <translation>BUILDING_RISK 中水最早在 {first:.0f} 分钟后进入建筑，晚于 SUMMARY 所属模拟的结束时间：请确认两者属于同一次模拟。</translation>
    </message>
    <message>
        <source>{first} and {other} have not the same cells: make sure that both are of one run.</source>
        <translation>{first} 与 {other} 的栅格单元不一致：请确认两者属于同一次模拟。</translation>
    </message>
    <message>
        <source>The shapefile &apos;{place}&apos; cuts {n} names of fields to {most} letters, so that tools and styles do not find them: {names}. Write a GeoPackage (.gpkg) to keep them.</source>
        <translation>Shapefile“{place}”将 {n} 个字段名截短为 {most} 个字符，工具和样式将找不到这些字段：{names}。如需保留完整字段名，请输出为 GeoPackage (.gpkg)。</translation>
    </message>
    <message>
        <source>The shapefile &apos;{place}&apos; cuts texts to {most} bytes: {fields}. Write a GeoPackage (.gpkg) to keep them.</source>
        <translation>Shapefile“{place}”将文本截短为 {most} 字节：{fields}。如需保留完整文本，请输出为 GeoPackage (.gpkg)。</translation>
    </message>
    <message>
        <source>Parameters of the address were left out ({names}): all that the service has was read. Set them in a query.</source>
        <translation>已忽略地址中的参数（{names}）：已读取该服务的全部内容。请在查询中设置这些条件。</translation>
    </message>
    <message>
        <source>Whether there are more rows is not known, since asking for them failed: {error}</source>
        <translation>无法确定是否还有更多行，因为请求后续数据失败：{error}</translation>
    </message>
    <message>
        <source>{minutes:g} min</source>
        <translation>{minutes:g} min</translation>
    </message>
    <message>
        <source>Cells of the terrain</source>
        <translation>地形像元</translation>
    </message>
    <message>
        <source>Roughness of the cells</source>
        <translation>像元糙率</translation>
    </message>
    <message>
        <source>Rows of RAIN</source>
        <translation>RAIN 的行</translation>
    </message>
    <message>
        <source>{minutes:g} min: DURATION_MIN is empty</source>
        <translation>{minutes:g} min：DURATION_MIN 为空</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>历时</translation>
    </message>
    <message>
        <source>Inflows</source>
        <translation>入流</translation>
    </message>
    <message>
        <source>n = {n:g} everywhere</source>
        <translation>全部取 n = {n:g}</translation>
    </message>
    <message>
        <source>n = {n:g} where the raster has none</source>
        <translation>栅格无值处取 n = {n:g}</translation>
    </message>
    <message>
        <source>outside: {n}</source>
        <translation>在范围外：{n}</translation>
    </message>
    <message>
        <source>where the terrain has no data: {n}</source>
        <translation>位于地形无数据处：{n}</translation>
    </message>
    <message>
        <source>holding no cell&apos;s centre: {n}</source>
        <translation>不含任何像元中心：{n}</translation>
    </message>
    <message>
        <source>without a polygon: {n}</source>
        <translation>没有面：{n}</translation>
    </message>
    <message>
        <source>blocking a whole cell: {n}</source>
        <translation>占用整个像元：{n}</translation>
    </message>
    <message>
        <source>{total:g} mm in all</source>
        <translation>共 {total:g} mm</translation>
    </message>
    <message>
        <source>blocks or cells of {width:g} m</source>
        <translation>块或像元边长 {width:g} m</translation>
    </message>
    <message>
        <source>no data is dry</source>
        <translation>无数据表示干燥</translation>
    </message>
    <message>
        <source>Steps of RESULT</source>
        <translation>RESULT 的时步</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be used for {parameter}: its values go from {low:g} {unit} to {high:g} {unit}. If those below 0 mark dry cells, choose dry for NO_DATA, or set them as the no data value with &apos;Translate (convert format)&apos;; else choose another raster.</source>
        <translation>栅格“{layer}”不能用于 {parameter}：其值为 {low:g} {unit} 至 {high:g} {unit}。如果小于 0 的值表示干燥像元，请将 NO_DATA 选为 dry，或用“转换 (格式转换)”将其设为无数据值；否则请选择其他栅格。</translation>
    </message>
    <message>
        <source>No cell of the depths &apos;{layer}&apos; is 0 m, and some have no data: buildings there are of unknown class. If no data means dry, choose dry for NO_DATA.</source>
        <translation>水深“{layer}”没有为 0 m 的像元，而有无数据的像元：位于那里的建筑等级未知。如果无数据表示干燥，请将 NO_DATA 选为 dry。</translation>
    </message>
    <message>
        <source>interpolated (bilinear) from its cells of {width:.6g} x {height:.6g}</source>
        <translation>由其 {width:.6g} x {height:.6g} 的像元双线性内插</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is rotated: each value is that of the nearest of its cells, up to half a cell away.</source>
        <translation>栅格“{layer}”是旋转的：各处取其最近像元的值，位置最多偏差半个像元。</translation>
    </message>
    <message>
        <source>The terrain &apos;{layer}&apos; is rotated: its heights are interpolated (bilinear) onto cells of {cell_m:g} m along the axes. At the centres of its own cells they differ by {typical:.3f} m (RMS) and {greatest:.3f} m at most, at its lowest cell by {rise:+.3f} m: hollows and channels a few cells wide are shallower than on the terrain itself.</source>
        <translation>地形“{layer}”是旋转的：其高程已双线性内插到沿坐标轴的 {cell_m:g} m 像元上。在其自身像元中心处，二者均方根相差 {typical:.3f} m，最大相差 {greatest:.3f} m，最低像元处相差 {rise:+.3f} m：只有几个像元宽的洼地和沟渠比原地形浅。</translation>
    </message>
    <message>
        <source>the nearest of its cells of {width:.6g} x {height:.6g}</source>
        <translation>取其 {width:.6g} x {height:.6g} 像元中最近的一个</translation>
    </message>
    <message>
        <source>mean of its cells of {width:.6g} x {height:.6g}</source>
        <translation>取其 {width:.6g} x {height:.6g} 像元的平均值</translation>
    </message>
    <message>
        <source>The terrain &apos;{layer}&apos; is rotated: its heights are interpolated (bilinear) onto cells of {cell_m:g} m along the axes.</source>
        <translation>地形“{layer}”是旋转的：其高程已双线性内插到沿坐标轴的 {cell_m:g} m 像元上。</translation>
    </message>
    <message>
        <source>Damage curves, for buildings in water</source>
        <translation>损失曲线（受淹建筑）</translation>
    </message>
    <message>
        <source>no free cell around: the cell under the building is taken</source>
        <translation>四周没有空闲像元：取建筑下方的像元</translation>
    </message>
    <message>
        <source>guessed by use and floor area; without a floor area unknown</source>
        <translation>按用途和建筑面积估算；无建筑面积时未知</translation>
    </message>
    <message>
        <source>{count:,} of {all:,} buildings are smaller than a cell of {cell_m:g} m and block a whole one, whose centre they hold: choose smaller cells where they matter.</source>
        <translation>{all:,} 栋建筑中有 {count:,} 栋小于 {cell_m:g} m 的像元，但因含其中心而占用整个像元：如有影响，请选用更小的像元。</translation>
    </message>
    <message>
        <source>The formula gives {total:.3g} mm in {minutes:g} min, which no design storm has: A is in L/(s·ha). Enter an A in mm/min as A1.</source>
        <translation>该公式在 {minutes:g} min 内的雨量仅为 {total:.3g} mm，设计暴雨不会如此之小：A 的单位为 L/(s·ha)。单位为 mm/min 的 A 请填入 A1。</translation>
    </message>
    <message>
        <source>The service sends coordinates that are no degrees and names no other coordinate system: give it one in its record.</source>
        <translation>该服务发送的坐标不是经纬度，也未说明其他坐标系：请在其记录中指定。</translation>
    </message>
    <message>
        <source>The service sends coordinates that are no degrees and names no other coordinate system: by their numbers they were taken for {crs}.</source>
        <translation>该服务发送的坐标不是经纬度，也未说明其他坐标系：已根据数值判定为 {crs}。</translation>
    </message>
    <message>
        <source>The service sends coordinates that are no degrees and names no other coordinate system: they were taken for {crs}, that of its layer.</source>
        <translation>该服务发送的坐标不是经纬度，也未说明其他坐标系：已按其图层的坐标系 {crs} 处理。</translation>
    </message>
    <message>
        <source>The service gives the same id to different features: its ids do not identify them.</source>
        <translation>该服务为不同要素给出了相同的标识：其标识不能唯一识别要素。</translation>
    </message>
    <message>
        <source>Geometries were taken from inside the field &apos;{name}&apos;.</source>
        <translation>几何取自字段“{name}”内部。</translation>
    </message>
    <message>
        <source>The file has {count} projects; the units of the first were used for all of them.</source>
        <translation>文件含有 {count} 个项目（IfcProject）；全部采用第一个项目的单位。</translation>
    </message>
    <message>
        <source>The catalogue was not read to its end. {reason}</source>
        <translation>目录未能读完。{reason}</translation>
    </message>
    <message>
        <source>Links to services of the kind {kind} were left out: they are not read.</source>
        <translation>已忽略 {kind} 类服务的链接：不支持读取此类服务。</translation>
    </message>
    <message>
        <source>The placements of all storeys of {name} lie at one height: their attribute Elevation was used instead.</source>
        <translation>{name} 所有楼层的放置位置（ObjectPlacement）高度相同：已改用其 Elevation 属性。</translation>
    </message>
    <message>
        <source>The ground floor of {name} lies {floor_m:.2f} m above the model&apos;s zero, which itself is placed at {zero_m:.2f} m: the height above the datum may be counted twice. Nothing was changed; check it.</source>
        <translation>{name} 的首层比模型零点高 {floor_m:.2f} m，而模型零点本身又位于 {zero_m:.2f} m：相对基准面的高程可能被重复计算。未作任何修改，请核对。</translation>
    </message>
    <message>
        <source>The site names no elevation, or 0: {z_m:.2f} m, the height of its placement, was taken. Check the elevations.</source>
        <translation>场地未给出高程或高程为 0：已采用其放置位置的高度 {z_m:.2f} m。请核对各高程。</translation>
    </message>
    <message>
        <source>The service reads times in the zone {zone}: they are compared here.</source>
        <translation>该服务按 {zone} 时区解读时间：已在本地进行比较。</translation>
    </message>
    <message>
        <source>The service sends its coordinates in another order of axes than it says: this was put right.</source>
        <translation>该服务发送的坐标轴顺序与其声明不符：已更正。</translation>
    </message>
    <message>
        <source>Links of the service lead to another address: its pages were asked for at its own.</source>
        <translation>该服务的链接指向另一地址：已改用其自身地址请求后续页。</translation>
    </message>
    <message>
        <source>{count:,} collections have neither features nor values by place nor tiles, and were left out: {names}.</source>
        <translation>{count:,} 个集合既无要素、按位置的数值，也无瓦片，已忽略：{names}。</translation>
    </message>
    <message>
        <source>{without:,} of {total:,} records lead to no service that is read.</source>
        <translation>{total:,} 条记录中有 {without:,} 条未指向可读取的服务。</translation>
    </message>
    <message>
        <source>The file has {count} map conversions that lead to different places; that of the model&apos;s own context was used.</source>
        <translation>文件含有 {count} 个指向不同位置的地图转换（IfcMapConversion）；已采用模型自身上下文的那一个。</translation>
    </message>
    <message>
        <source>The coordinate system &apos;{name}&apos; is not known: the coordinates were taken for {crs}, that of the layer.</source>
        <translation>坐标系“{name}”未知：已按图层的坐标系 {crs} 处理坐标。</translation>
    </message>
    <message>
        <source>the process that writes it ended with {code}</source>
        <translation>写入该文件的进程以 {code} 结束</translation>
    </message>
    <message>
        <source>The cells of the raster &apos;{layer}&apos; would be {size:.2g} m wide in {crs}: its coordinates are rather degrees. Set the CRS that they are in with &apos;Assign projection&apos;, then reproject it with &apos;Warp (reproject)&apos;.</source>
        <translation>栅格“{layer}”的像元在 {crs} 中宽仅 {size:.2g} m：其坐标更像是度。请用“指定投影”设置其实际的 CRS，再用“变形 (重投影)”重投影。</translation>
    </message>
    <message>
        <source>sectors: {sectors}</source>
        <translation>类别：{sectors}</translation>
    </message>
    <message>
        <source>Half of the terrain '{layer}' is steeper than {degrees:.0f}°: make sure that its heights are in m and not in cm or mm, and that it is no hillshade, slope or other picture of a terrain.</source>
        <translation>地形“{layer}”有一半的坡度大于 {degrees:.0f}°：请确认其高程以米为单位，而不是厘米或毫米，并且它不是山体阴影、坡度或其他地形图像。</translation>
    </message>
    <message>
        <source>All heights of the terrain &apos;{layer}&apos; are whole metres: its steps hide kerbs and make ponds of their own. If they are classes, choose a raster of heights.</source>
        <translation>地形“{layer}”的高程全部是整米：这种台阶会掩盖路缘石，并形成虚假的积水。如果这些值是等级，请选择高程栅格。</translation>
    </message>
    <message>
        <source>Shock-capturing scheme: in a first look with cells of {cell:g} m, {share:.1%} of the wet cells were supercritical, more than {limit:.0%}.</source>
        <translation>激波捕捉格式：用 {cell:g} m 网格初步试算，{share:.1%} 的淹没单元为急流，超过 {limit:.0%}。</translation>
    </message>
    <message>
        <source>Local inertial scheme: in a first look with cells of {cell:g} m, {share:.1%} of the wet cells were supercritical, not more than {limit:.0%}.</source>
        <translation>局部惯性格式：用 {cell:g} m 网格初步试算，{share:.1%} 的淹没单元为急流，未超过 {limit:.0%}。</translation>
    </message>
    <message>
        <source>Local inertial scheme, as asked.</source>
        <translation>按设置采用局部惯性格式。</translation>
    </message>
    <message>
        <source>Shock-capturing scheme, as asked.</source>
        <translation>按设置采用激波捕捉格式。</translation>
    </message>
    <message>
        <source>Up to {share:.0%} of the wet cells ran faster than a wave (Froude above 1), where the local inertial scheme is only a rough guide: FROUDE_MAX shows where, and SCHEME shockcapturing computes it.</source>
        <translation>最多有 {share:.0%} 的淹没单元水流快于波速（弗劳德数大于 1），局部惯性格式在这些位置只能粗略参考：FROUDE_MAX 显示其位置，SCHEME 选 shockcapturing 可正确计算。</translation>
    </message>
    <message>
        <source>The service has no pages, against its word: its rows were asked for by their ids.</source>
        <translation>该服务与其声明不符，不支持分页：已按标识请求各行。</translation>
    </message>
    <message>
        <source>The rain of {source} never falls from one step to the next: make sure that its depths are those of each step, and not a running total.</source>
        <translation>{source} 的雨量逐时步从不减小：请确认其雨量是各时步的雨量，而不是累计值。</translation>
    </message>
    <message>
        <source>The login &apos;{name}&apos; was not sent to &apos;{server}&apos;: its configuration does not name this server, and you have not confirmed it. Enter {server} as its Resource (Settings, Options, Authentication), or run &apos;Harvest services&apos; with an address of this server and the login as AUTHCFG. The Services dock asks you before it adds or queries the service.</source>
        <translation>登录信息“{name}”未发送到“{server}”：其认证配置未指明该服务器，您也未予确认。请将 {server} 填为该配置的“资源”（设置 &gt; 选项 &gt; 认证），或以该服务器的地址和作为 AUTHCFG 的该登录信息运行“采集服务”。“数据服务”面板在添加或查询服务之前会询问您。</translation>
    </message>
    <message>
        <source>The curve &apos;{sector}&apos; of {name} goes up to {depth:g} m: make sure that its depths are in m, not in cm or feet.</source>
        <translation>{name}中“{sector}”的曲线水深达 {depth:g} m：请确认其水深单位为米，而不是厘米或英尺。</translation>
    </message>
    <message>
        <source>All the water was taken up at once: the result is dry. Make sure that INFILTRATION_MM_H and DRAIN_CAPACITY_MM_H are in mm/h.</source>
        <translation>所有水量均被立即吸收，结果无积水。请确认 INFILTRATION_MM_H 和 DRAIN_CAPACITY_MM_H 的单位为 mm/h。</translation>
    </message>
    <message>
        <source>The output {name} would replace the input {parameter}, &apos;{path}&apos;: choose another file for it.</source>
        <translation>输出 {name} 会覆盖输入 {parameter}（“{path}”）：请为其选择其他文件。</translation>
    </message>
    <message>
        <source>A metre of {crs}, the CRS of the raster &apos;{layer}&apos;, is {true:.2f} m on the ground here, so slopes, areas and volumes are wrong: reproject the raster to the place&apos;s own projected CRS with &apos;Warp (reproject)&apos;.</source>
        <translation>栅格“{layer}”的坐标参考系 {crs} 中的 1 米在此处相当于实地 {true:.2f} 米，因此坡度、面积和水量均不正确：请用“变形 (重投影)”将栅格重投影到当地的投影坐标系。</translation>
    </message>
    <message>
        <source>{n} footprints are the same as another one: their buildings, people and damage count twice. Remove them with &apos;Delete duplicate geometries&apos;, if they are not meant.</source>
        <translation>{n} 个建筑轮廓与其他轮廓完全相同：相应的建筑、人口和损失会重复计算。如非有意，请用“删除重复几何图形”将其删除。</translation>
    </message>
    <message>
        <source>Row {number} of PLACEMENTS ({path}) names the CRS &apos;{crs}&apos;, which is in degrees: a model in metres cannot lie in it. Give x and y in a projected CRS, such as EPSG:4547.</source>
        <translation>PLACEMENTS 第 {number} 行（{path}）的坐标参考系“{crs}”以度为单位，以米为单位的模型无法置于其中。请给出投影坐标系（例如 EPSG:4547）中的 x 和 y。</translation>
    </message>
    <message>
        <source>Row {number} of PLACEMENTS gives {path} a second place. Leave one row for each model.</source>
        <translation>PLACEMENTS 第 {number} 行为 {path} 给出了第二个位置。每个模型请只保留一行。</translation>
    </message>
    <message>
        <source>{count} rows of PLACEMENTS fit no model, the first is &apos;{path}&apos;: a path is the model&apos;s full path, its id or its file name, in the same upper and lower case.</source>
        <translation>PLACEMENTS 中有 {count} 行不对应任何模型，第一行为“{path}”：path 应为模型的完整路径、编号或文件名，并区分大小写。</translation>
    </message>
    <message>
        <source>The row '{path}' of PLACEMENTS puts {count} models in the same place: {first}, {second} … Give each its id as path.</source>
        <translation>PLACEMENTS 中的行“{path}”将 {count} 个模型放在同一位置：{first}、{second} 等。请在 path 中分别填写各模型的编号。</translation>
    </message>
    <message>
        <source>{name} has no effect, since the {side} boundary is {kind}: set it to level, or leave {name} empty.</source>
        <translation>{name} 不起作用，因为 {side} 侧边界为 {kind}：请将该边界设为 level，或将 {name} 留空。</translation>
    </message>
    <message>
        <source>The fixed level of {level:g} m in the {side} is {above:.0f} m above the lowest ground of that edge: make sure that it is in metres above the terrain&apos;s datum.</source>
        <translation>{side} 侧的固定水位 {level:g} m 比该侧边缘的最低地面高 {above:.0f} m：请确认该水位是以地形高程基准为准的米制高程。</translation>
    </message>
    <message>
        <source>The storm of {source} lasts {seconds:g} s only: if its times are hours, multiply them by 60.</source>
        <translation>{source} 的降雨仅持续 {seconds:g} 秒：如果时间单位为小时，请乘以 60。</translation>
    </message>
    <message>
        <source>water leaves where there is no data</source>
        <translation>水从无数据处流出</translation>
    </message>
    <message>
        <source>drawing the depressions</source>
        <translation>正在绘制洼地</translation>
    </message>
    <message>
        <source>sorting the heights</source>
        <translation>正在对高程排序</translation>
    </message>
    <message>
        <source>measuring the depressions</source>
        <translation>正在量算洼地</translation>
    </message>
    <message>
        <source>looking for depressions</source>
        <translation>正在查找洼地</translation>
    </message>
    <message>
        <source>The least depth and the least area must not be below 0.</source>
        <translation>最小深度和最小面积不能小于 0。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; cannot be used for {name}: its values go up to {high:g}, and classes of hazard to {most}. Choose the output {name} of &apos;Simulate flood&apos;.</source>
        <translation>栅格“{layer}”不能用作 {name}：其值最大为 {high:g}，而危险性等级最大为 {most}。请选择“内涝模拟”的输出 {name}。</translation>
    </message>
    <message>
        <source>The report is empty: choose results of &apos;Simulate flood&apos;, or the output of &apos;Building risk&apos;.</source>
        <translation>报告为空：请选择“内涝模拟”的结果或“建筑风险”的输出。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of STORM has no field {field}: choose the output of &apos;Design storm&apos;.</source>
        <translation>STORM 的图层“{layer}”没有字段 {field}：请选择“设计暴雨”的输出。</translation>
    </message>
    <message>
        <source>The model names no unit of length: its lengths were read as metres. Check the building&apos;s size.</source>
        <translation>模型未注明长度单位：其长度按米读取。请检查建筑物的尺寸。</translation>
    </message>
    <message>
        <source>The service names no span of time, so it may have passed over DATETIME: compare the times of the rows, or use FILTER with their field of time.</source>
        <translation>该服务未声明时间范围，因此可能忽略了 DATETIME：请核对各行的时间，或在 FILTER 中使用其时间字段。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; is in {own} and the terrain in {crs}: choose the terrain of the simulation.</source>
        <translation>结果“{path}”的坐标系为 {own}，而地形为 {crs}：请选择该次模拟所用的地形。</translation>
    </message>
    <message>
        <source>reading the depths of the result</source>
        <translation>正在读取结果中的水深</translation>
    </message>
    <message>
        <source>The result lasts {length:g} min, less than the {least:g} min of the rule: no cell can be a waterlogging point. Simulate longer.</source>
        <translation>结果历时 {length:g} min，短于判定规则的 {least:g} min：不会有任何像元成为积水点。请延长模拟时间。</translation>
    </message>
    <message>
        <source>The frames of the result are up to {step:g} min apart, so that the time under water is rough: choose a smaller output step.</source>
        <translation>结果相邻时刻最多相隔 {step:g} min，积水时间因而较粗略：请选择更小的输出步长。</translation>
    </message>
    <message>
        <source>The depth of waterlogging points must be above 0 m.</source>
        <translation>积水点的判定水深必须大于 0 m。</translation>
    </message>
    <message>
        <source>no rain in the last {minutes:g} min</source>
        <translation>最后 {minutes:g} 分钟无雨</translation>
    </message>
    <message>
        <source>The fixed level of {level:g} m in the {side} lies {below:.3g} m below the lowest ground of that edge: no water enters there, it only leaves. Make sure that the level is in metres above the terrain&apos;s datum, or choose open.</source>
        <translation>{side} 侧的固定水位 {level:g} m 比该侧边缘的最低地面低 {below:.3g} m：水不会从那里进入，只会流出。请确认该水位是以地形高程基准为准的米制高程，或选择 open。</translation>
    </message>
    <message>
        <source>The run ends after {end:g} min, before the rain of &apos;{source}&apos; does ({rain:g} min): {fallen:.4g} of {total:.4g} mm fall. Give a longer DURATION_MIN, or leave it empty.</source>
        <translation>模拟在 {end:g} 分钟时结束，而“{source}”的降雨持续 {rain:g} 分钟：{total:.4g} mm 中只降了 {fallen:.4g} mm。请加大 DURATION_MIN，或将其留空。</translation>
    </message>
    <message>
        <source>The result has {n:,} times, and a GeoTIFF holds {most:,} bands at most: choose FORMAT series.</source>
        <translation>结果有 {n:,} 个时刻，而一个 GeoTIFF 最多有 {most:,} 个波段：请将 FORMAT 设为 series。</translation>
    </message>
    <message>
        <source>The style of &apos;{path}&apos; cannot be written: install the plugin again.</source>
        <translation>无法写出“{path}”的样式：请重新安装插件。</translation>
    </message>
    <message>
        <source>Writing the frames</source>
        <translation>正在写出各时刻</translation>
    </message>
    <message>
        <source>Run A is in {crs} and run B in {crs2}: bring one to the CRS of the other with &apos;Warp (reproject)&apos;, by the nearest neighbour.</source>
        <translation>模拟 A 的坐标参考系为 {crs}，模拟 B 为 {crs2}：请用“变形 (重投影)”按最邻近法将其中之一转换到另一个的坐标参考系。</translation>
    </message>
    <message>
        <source>The runs A and B lie at different places: choose two runs of one area.</source>
        <translation>模拟 A 与 B 位于不同的位置：请选择同一区域的两次模拟。</translation>
    </message>
    <message>
        <source>{name} is given alone: choose the buildings of both runs, or of none.</source>
        <translation>仅给出了 {name}：请同时选择两次模拟的建筑，或都不选择。</translation>
    </message>
    <message>
        <source>No cell has data in both runs: choose two runs of one area.</source>
        <translation>没有在两次模拟中都有数据的像元：请选择同一区域的两次模拟。</translation>
    </message>
    <message>
        <source>Run {side} has no depths: choose DEPTH_{side}, or RESULT_{side}.</source>
        <translation>模拟 {side} 没有水深：请选择 DEPTH_{side} 或 RESULT_{side}。</translation>
    </message>
    <message>
        <source>The layer of {name} cannot be opened: choose another.</source>
        <translation>无法打开 {name} 的图层：请选择其他图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of {name} has no field {field}: choose an output of &apos;Building risk&apos;.</source>
        <translation>{name} 的图层“{layer}”没有字段 {field}：请选择“建筑风险”的输出。</translation>
    </message>
    <message>
        <source>{n} buildings are in RISK_A or RISK_B only: they count in the classes, not as risen or fallen.</source>
        <translation>有 {n} 栋建筑仅出现在 RISK_A 与 RISK_B 之一：计入各等级，但不计入等级升降。</translation>
    </message>
    <message>
        <source>A and B are results of the same run {run}: they have no difference.</source>
        <translation>A 与 B 是同一次模拟 {run} 的结果：两者没有差异。</translation>
    </message>
    <message>
        <source>The raster of {name} cannot be opened: choose another file, or leave it empty.</source>
        <translation>无法打开 {name} 的栅格：请选择其他文件，或留空。</translation>
    </message>
    <message>
        <source>{name}_{side} was brought onto the cells of run A: each takes {how}.</source>
        <translation>{name}_{side} 已转换到模拟 A 的像元：各像元取值为{how}。</translation>
    </message>
    <message>
        <source>{n} buildings of {name} have an id that occurs before: the last of each counts.</source>
        <translation>{name} 中有 {n} 栋建筑的 id 重复出现：以每个 id 的最后一栋为准。</translation>
    </message>
    <message>
        <source>Run {side} counts cells as wet from {own:g} m, more than WET_DEPTH_M {wet:g} m: shallower water of it is missing here.</source>
        <translation>模拟 {side} 从 {own:g} m 起才计为淹没，大于 WET_DEPTH_M {wet:g} m：其更浅的水在此缺失。</translation>
    </message>
    <message>
        <source>{n:,} cells of run {side} ({area:,.0f} m²) have no data in run {other}: they are not compared.</source>
        <translation>模拟 {side} 有 {n:,} 个像元（{area:,.0f} m²）在模拟 {other} 中无数据：不参与对比。</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>无坐标参考系</translation>
    </message>
    <message>
        <source>{output} needs {source} of both runs: choose {source}_A and {source}_B, or leave {output} empty.</source>
        <translation>{output} 需要两次模拟的 {source}：请选择 {source}_A 和 {source}_B，或将 {output} 留空。</translation>
    </message>
    <message>
        <source>The depths of two runs must have the same cells: {a} and {b}.</source>
        <translation>两次模拟的水深必须具有相同的像元：{a} 和 {b}。</translation>
    </message>
    <message>
        <source>Wet in B only</source>
        <translation>仅 B 淹没</translation>
    </message>
    <message>
        <source>Wet in A only</source>
        <translation>仅 A 淹没</translation>
    </message>
    <message>
        <source>Wet in both, deeper in B</source>
        <translation>两者均淹没，B 更深</translation>
    </message>
    <message>
        <source>Wet in both, shallower in B</source>
        <translation>两者均淹没，B 更浅</translation>
    </message>
    <message>
        <source>Wet in both, the same depth</source>
        <translation>两者均淹没，水深相同</translation>
    </message>
    <message>
        <source>Area of hazard class H{number}</source>
        <translation>危险等级 H{number} 的面积</translation>
    </message>
    <message>
        <source>Area that was ever wet</source>
        <translation>曾被淹没的面积</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Mean of the maximum depths of wet cells</source>
        <translation>淹没像元最大水深的平均值</translation>
    </message>
    <message>
        <source>Most water at one time</source>
        <translation>同一时刻的最大水量</translation>
    </message>
    <message>
        <source>Water at the end</source>
        <translation>结束时的水量</translation>
    </message>
    <message>
        <source>Rain</source>
        <translation>降雨</translation>
    </message>
    <message>
        <source>Water from inflows</source>
        <translation>入流水量</translation>
    </message>
    <message>
        <source>Water in over the edges</source>
        <translation>经边界流入的水量</translation>
    </message>
    <message>
        <source>Water out over the edges</source>
        <translation>经边界流出的水量</translation>
    </message>
    <message>
        <source>Water that the ground took</source>
        <translation>下渗水量</translation>
    </message>
    <message>
        <source>Water that the drains took</source>
        <translation>排水系统排走的水量</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Buildings of unknown risk class</source>
        <translation>风险等级未知的建筑</translation>
    </message>
    <message>
        <source>Buildings of risk class {number}</source>
        <translation>风险等级为 {number} 的建筑</translation>
    </message>
    <message>
        <source>Buildings of a higher class in B</source>
        <translation>在 B 中等级更高的建筑</translation>
    </message>
    <message>
        <source>Buildings of a lower class in B</source>
        <translation>在 B 中等级更低的建筑</translation>
    </message>
    <message>
        <source>Setting {name}</source>
        <translation>设置 {name}</translation>
    </message>
    <message>
        <source>{name} lies elsewhere than {other}, though it has as many cells: {east:g} to the east and {north:g} to the north, in the unit of its CRS. Choose the results as the run wrote them.</source>
        <translation>{name} 与 {other} 的像元数相同，但位置不同：向东偏 {east:g}，向北偏 {north:g}（以其 CRS 的单位计）。请选择该次模拟原样写出的结果。</translation>
    </message>
    <message>
        <source>The terrain &apos;{layer}&apos; does not overlap {name}: choose the terrain of this run, or check its CRS.</source>
        <translation>地形“{layer}”与 {name} 不重叠：请选择该次模拟所用的地形，或检查其坐标参考系。</translation>
    </message>
    <message>
        <source>RESULT is not compared with the other results. {reason}</source>
        <translation>RESULT 未与其他结果比对。{reason}</translation>
    </message>
    <message>
        <source>The heights of the terrain &apos;{layer}&apos; are {off:.1f} m off the bed of RESULT (median): make sure that it is the terrain of this run, with the same vertical datum.</source>
        <translation>地形“{layer}”的高程与 RESULT 的底面高程相差 {off:.1f} m（中位数）：请确认它是该次模拟所用的地形，且高程基准相同。</translation>
    </message>
    <message>
        <source>Comparing the results</source>
        <translation>正在比对结果</translation>
    </message>
    <message>
        <source>The arrivals of &apos;{layer}&apos; go up to {latest:,.0f} min, {days:.0f} days: if they are in seconds, set the unit of the raster&apos;s band, or convert them to minutes with the raster calculator.</source>
        <translation>“{layer}”的到达时间最大为 {latest:,.0f} min，即 {days:.0f} 天：如果以秒为单位，请设置栅格波段的单位，或用栅格计算器换算为分钟。</translation>
    </message>
    <message>
        <source>The values of the raster &apos;{layer}&apos; go from {low:g} {unit} to {high:g} {unit}, and its run wrote {least:g} {unit} to {most:g} {unit}: choose the output as the run wrote it. If the change is meant, write the raster with the raster calculator, so that it no longer counts as a result of this run.</source>
        <translation>栅格“{layer}”的值为 {low:g} {unit} 至 {high:g} {unit}，而该次模拟写出的是 {least:g} {unit} 至 {most:g} {unit}：请选择模拟原样写出的输出。如果是有意修改，请用栅格计算器写出该栅格，使其不再算作该次模拟的结果。</translation>
    </message>
    <message>
        <source>The texts of &apos;{layer}&apos; are not in UTF-8: they were read as {encoding}. Save the table as CSV in UTF-8 if letters are wrong.</source>
        <translation>“{layer}”的文字不是 UTF-8 编码，已按 {encoding} 读取。如有乱码，请将该表另存为 UTF-8 编码的 CSV。</translation>
    </message>
    <message>
        <source>The times of {name} go up to {latest:,.1f} min, and the run of SUMMARY lasted {duration:.1f} min: choose the results of one run. If they are in seconds, set the unit of the raster&apos;s band.</source>
        <translation>{name} 的时间最大为 {latest:,.1f} min，而 SUMMARY 的模拟历时 {duration:.1f} min：请选择同一次模拟的结果。如果以秒为单位，请设置栅格波段的单位。</translation>
    </message>
    <message>
        <source>The times of {name} go up to {latest:.1f} min only, and the run of SUMMARY lasted {duration:.1f} min: make sure that they are in minutes, not in hours.</source>
        <translation>{name} 的时间最大仅为 {latest:.1f} min，而 SUMMARY 的模拟历时 {duration:.1f} min：请确认其单位是分钟，而不是小时。</translation>
    </message>
    <message>
        <source>{count} models hold buildings that another one holds too, at the same place, such as {model} and {other}: all are kept, so their areas, people and damage count more than once. Keep one file of each.</source>
        <translation>有 {count} 个模型含有与其他模型同一位置的相同建筑，例如 {model} 和 {other}：已全部保留，因此其面积、人口和损失会重复计算。每个模型请只保留一个文件。</translation>
    </message>
    <message>
        <source>{count} of its buildings stand at the same place in {other} too, the first is &apos;{name}&apos;: they count more than once. Keep one of both files.</source>
        <translation>其中 {count} 栋建筑在 {other} 中也位于同一位置，第一栋为“{name}”：它们会重复计算。两个文件请只保留一个。</translation>
    </message>
    <message>
        <source>The times of {arrival} are about {factor:.2g} times those of {result}: if they are in hours or seconds, set the unit of the raster&apos;s band, or convert them to minutes with the raster calculator.</source>
        <translation>{arrival} 的时间约为 {result} 的 {factor:.2g} 倍：如果以小时或秒为单位，请设置栅格波段的单位，或用栅格计算器换算为分钟。</translation>
    </message>
    <message>
        <source>{share:.0%} of the cells that are wet in {depth} or {level} are dry in the other: make sure that both are of one run and in their own place.</source>
        <translation>在 {depth} 或 {level} 中有水的像元，有 {share:.0%} 在另一个栅格中无水：请确认两者属于同一次模拟，且位置未移动。</translation>
    </message>
    <message>
        <source>{level} less {depth} gives a ground that is {difference:.2f} m off the bed of {result} (median of {cells} cells): make sure that all are of one run, in m, and as the run wrote them.</source>
        <translation>{level} 减去 {depth} 所得的地面与 {result} 的底面高程相差 {difference:.2f} m（{cells} 个像元的中位数）：请确认它们属于同一次模拟，单位为米，且未被修改。</translation>
    </message>
    <message>
        <source>{raster} is lower than {result} at some time in {share:.0%} of the wet cells: make sure that both are of one run, in m, and as the run wrote them.</source>
        <translation>{raster} 在 {share:.0%} 的有水像元中低于 {result} 某一时刻的值：请确认两者属于同一次模拟，单位为米，且未被修改。</translation>
    </message>
    <message>
        <source>{raster} is {excess:.2f} m above {result} at any time (median of the wet cells): make sure that both are of one run, in m, and as the run wrote them.</source>
        <translation>{raster} 比 {result} 任何时刻的值都高 {excess:.2f} m（有水像元的中位数）：请确认两者属于同一次模拟，单位为米，且未被修改。</translation>
    </message>
    <message>
        <source>The curve &apos;{name}&apos; of {table} is used only for buildings whose use is &apos;{name}&apos;: it names no known sector or use, or one that has a curve already.</source>
        <translation>{table}中的曲线“{name}”只用于用途为“{name}”的建筑：它不是已知的类别或用途，或该类别、用途已有曲线。</translation>
    </message>
    <message>
        <source>The curve &apos;{name}&apos; of {table} counts as that of {meaning}.</source>
        <translation>{table}中的曲线“{name}”按 {meaning} 的曲线使用。</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; of BALANCE has no field {field}: choose the output BALANCE of &apos;Simulate flood&apos;.</source>
        <translation>BALANCE 的表“{table}”没有字段 {field}：请选择“内涝模拟”的输出 BALANCE。</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; of BALANCE has other times than RESULT: choose the one that the same run wrote.</source>
        <translation>BALANCE 的表“{table}”与 RESULT 的时刻不一致：请选择同一次模拟写出的表。</translation>
    </message>
    <message>
        <source>All zones and what is outside them hold {sum:,.2f} m³ at the end; by the run's own account it is {stored:,.2f} m³.</source>
        <translation>结束时所有分区及区外共有 {sum:,.2f} m³；模拟自身的账目为 {stored:,.2f} m³。</translation>
    </message>
    <message>
        <source>RESULT has blocks of cells with the largest depth of each, from which no volume follows: simulate again with this version, which writes the water of each block too.</source>
        <translation>RESULT 由像元块组成，只有各块的最大水深，无法得出水量：请用本版本重新模拟，它同时写出各块的水量。</translation>
    </message>
    <message>
        <source>The zones cannot be read: choose a layer of polygons in ZONES.</source>
        <translation>无法读取分区：请在 ZONES 中选择多边形图层。</translation>
    </message>
    <message>
        <source>The result has no CRS: run the simulation again, on a terrain with one.</source>
        <translation>结果没有坐标参考系：请在有坐标参考系的地形上重新模拟。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of ZONES has no features.</source>
        <translation>ZONES 的图层“{layer}”没有要素。</translation>
    </message>
    <message>
        <source>{n} zones hold no centre of a cell of the result and have no row, such as &apos;{name}&apos;.</source>
        <translation>有 {n} 个分区不包含任何结果像元的中心，因而没有行，例如“{name}”。</translation>
    </message>
    <message>
        <source>Water of the zones</source>
        <translation>分区水量</translation>
    </message>
    <message>
        <source>The rain on each zone is not known, and rain_m3 and exchange_m3 are empty: SUMMARY was not found, or the run has walls, whose roofs drain onto the cells beside them.</source>
        <translation>各分区的降雨量未知，rain_m3 和 exchange_m3 为空：未找到 SUMMARY，或该模拟将建筑作为墙体，屋面雨水排到旁边的像元。</translation>
    </message>
    <message>
        <source>The run has {names}: exchange_m3 of a zone contains what of them happened in it.</source>
        <translation>该模拟含有 {names}：分区的 exchange_m3 包含其中在该区发生的部分。</translation>
    </message>
    <message>
        <source>The zones could not be compared with the run&apos;s own account: SUMMARY was not found.</source>
        <translation>无法将各分区与模拟自身的水量账目对比：未找到 SUMMARY。</translation>
    </message>
    <message>
        <source>The sum of the zones differs by {share:.1e} of the most water stored from the run&apos;s own account, more than {limit:g}: the file may be of an older version, whose depths are rounded one by one.</source>
        <translation>各分区之和与模拟自身账目之差为最大蓄水量的 {share:.1e}，超过 {limit:g}：该文件可能由旧版本写出，其水深逐个舍入。</translation>
    </message>
    <message>
        <source>{n:,} cells lie in several zones: each counts in the last of them in the layer only.</source>
        <translation>有 {n:,} 个像元位于多个分区：每个仅计入图层中最后的分区。</translation>
    </message>
    <message>
        <source>{n} zones have the name of another zone: their rows cannot be distinguished by it.</source>
        <translation>有 {n} 个分区与其他分区同名：无法凭名称区分它们的行。</translation>
    </message>
    <message>
        <source>no geometry</source>
        <translation>没有几何</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>No zone holds the centre of a cell of the result: check the CRS of ZONES, and that the zones are larger than cells.</source>
        <translation>没有任何分区包含结果像元的中心：请检查 ZONES 的坐标参考系，并确认分区大于像元。</translation>
    </message>
    <message>
        <source>{zones:,} zones at {times} times make more than {most:,} rows: choose fewer zones, or simulate with a longer output step.</source>
        <translation>{zones:,} 个分区、{times} 个时刻将超过 {most:,} 行：请减少分区，或以更长的输出步长模拟。</translation>
    </message>
    <message>
        <source>A film of {width} x {height} pixels cannot be drawn: choose at least {low} x {low2}, and no more than 3840 x 2160 have together.</source>
        <translation>无法绘制 {width} x {height} 像素的影片：请至少选择 {low} x {low2}，且像素总数不超过 3840 x 2160。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has no depths over time: choose the output RESULT of the flood simulation.</source>
        <translation>“{name}”没有随时间变化的水深：请选择内涝模拟的输出 RESULT。</translation>
    </message>
    <message>
        <source>The result &apos;{name}&apos; has no frame from {first:g} min to {last:g} min: its times go from {low:g} to {high:g} min.</source>
        <translation>结果“{name}”在 {first:g} min 至 {last:g} min 之间没有时刻：其时刻范围为 {low:g} 至 {high:g} min。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be a film: choose a name with .gif or .mp4.</source>
        <translation>“{path}”不能作为影片：请选择以 .gif 或 .mp4 结尾的文件名。</translation>
    </message>
    <message>
        <source>Drawing the film</source>
        <translation>正在绘制影片</translation>
    </message>
    <message>
        <source>This PyAV has no encoder for .mp4: choose a name with .gif.</source>
        <translation>此 PyAV 没有 .mp4 编码器：请选择以 .gif 结尾的文件名。</translation>
    </message>
    <message>
        <source>A film as .mp4 needs an even width and height, not {width} x {height}: change one of them by 1.</source>
        <translation>MP4 影片的宽和高必须为偶数，而不是 {width} x {height}：请将其中之一改动 1。</translation>
    </message>
    <message>
        <source>A film as .mp4 needs the Python package &apos;av&apos;, which is missing: install it into QGIS&apos;s Python with &apos;python -m pip install av&apos;, or choose a name with .gif.</source>
        <translation>MP4 影片需要 Python 包“av”，但未安装：请用“python -m pip install av”将其安装到 QGIS 的 Python 中，或选择以 .gif 结尾的文件名。</translation>
    </message>
    <message>
        <source>Half of the terrain is steeper than {slope:.0%}, and its heights reach {high:,.0f} m: they are rather in cm or mm, or no heights.</source>
        <translation>地形有一半陡于 {slope:.0%}，高程达 {high:,.0f} m：单位很可能是厘米或毫米，或者这些值不是高程。</translation>
    </message>
    <message>
        <source>All heights are whole metres: steps hide kerbs and make ponds of their own.</source>
        <translation>全部高程都是整米：台阶会掩盖路缘石，并自行形成积水。</translation>
    </message>
    <message>
        <source>Reproject the terrain: choose the place&apos;s own projected CRS as CRS.</source>
        <translation>请重投影地形：在 CRS 中选择当地的投影坐标系。</translation>
    </message>
    <message>
        <source>{cells:,} cells of the terrain &apos;{layer}&apos; were checked; {missing:,} of them ({share:.2%}) have no data.</source>
        <translation>已检查地形“{layer}”的 {cells:,} 个像元；其中 {missing:,} 个（{share:.2%}）无数据。</translation>
    </message>
    <message>
        <source>{count:,} cells were mended; what was not is for you to judge: see the column &apos;mended&apos; of OUTPUT.</source>
        <translation>已修复 {count:,} 个像元；未修复的问题需由您判断：见 OUTPUT 的 mended 字段。</translation>
    </message>
    <message>
        <source>Nothing is wrong with the terrain &apos;{layer}&apos;: OUTPUT is empty.</source>
        <translation>地形“{layer}”没有问题：OUTPUT 为空。</translation>
    </message>
    <message>
        <source>Choose the unit in HEIGHT_UNIT.</source>
        <translation>请在 HEIGHT_UNIT 中选择单位。</translation>
    </message>
    <message>
        <source>Choose a terrain with decimals.</source>
        <translation>请选择带小数的地形。</translation>
    </message>
    <message>
        <source>{kind}: {count:,}</source>
        <translation>{kind}：{count:,}</translation>
    </message>
    <message>
        <source>The CRS {crs} is not in metres.</source>
        <translation>坐标系 {crs} 的单位不是米。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which is in {crs}, or choose another CRS.</source>
        <translation>请使用修复后的地形，其坐标系为 {crs}，或选择其他坐标系。</translation>
    </message>
    <message>
        <source>Cells have the value {value:g}, which stands for no data and is not declared.</source>
        <translation>有像元的值为 {value:g}，它表示无数据但未声明。</translation>
    </message>
    <message>
        <source>The cells of the raster &apos;{layer}&apos; are {size:.2g} wide, which cannot be metres: its coordinates are rather degrees. Set the CRS that they are in with &apos;Assign projection&apos;.</source>
        <translation>栅格“{layer}”的像元宽度为 {size:.2g}，不可能是米：其坐标很可能是度。请用“指定投影”设置其坐标系。</translation>
    </message>
    <message>
        <source>The unit &apos;{unit}&apos; is not known: the heights count as m.</source>
        <translation>单位“{unit}”无法识别：高程按米处理。</translation>
    </message>
    <message>
        <source>The CRS {crs} is not in metres: choose a projected one.</source>
        <translation>坐标系 {crs} 的单位不是米：请选择投影坐标系。</translation>
    </message>
    <message>
        <source>The terrain has no CRS.</source>
        <translation>地形没有坐标系。</translation>
    </message>
    <message>
        <source>Choose the CRS that its coordinates are in as CRS, or set it with &apos;Assign projection&apos;.</source>
        <translation>请在 CRS 中选择其坐标所属的坐标系，或用“指定投影”设置。</translation>
    </message>
    <message>
        <source>The terrain is rotated.</source>
        <translation>地形是旋转的。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which is resampled (bilinear) to north up, or the original survey.</source>
        <translation>请使用修复后的地形（已双线性重采样为北向上），或使用原始测量数据。</translation>
    </message>
    <message>
        <source>The cells are {w:.6g} x {h:.6g} and not square.</source>
        <translation>像元为 {w:.6g} x {h:.6g}，不是正方形。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which is resampled (bilinear) to square cells.</source>
        <translation>请使用修复后的地形，已双线性重采样为方形像元。</translation>
    </message>
    <message>
        <source>Use the mended terrain, where they have no data.</source>
        <translation>请使用修复后的地形，其中这些像元为无数据。</translation>
    </message>
    <message>
        <source>The terrain &apos;{layer}&apos; lies outside the area of its CRS: set the right one with &apos;Assign projection&apos;.</source>
        <translation>地形“{layer}”位于其坐标系适用范围之外：请用“指定投影”设置正确的坐标系。</translation>
    </message>
    <message>
        <source>The heights are in {unit}, as was chosen, and not in m.</source>
        <translation>按所选，高程单位为 {unit}，不是米。</translation>
    </message>
    <message>
        <source>The heights are in {unit} and not in m.</source>
        <translation>高程单位为 {unit}，不是米。</translation>
    </message>
    <message>
        <source>The rows of the terrain do not run from north to south, or its columns from west to east.</source>
        <translation>地形的行不是从北到南，或列不是从西到东。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which is in m.</source>
        <translation>请使用修复后的地形，单位为米。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which has the same cells north up.</source>
        <translation>请使用修复后的地形，像元相同，北向上。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; is no terrain in m: its values go from {low:g} to {high:g}, and land lies between {lowest:g} m and {highest:g} m. Set its no data value, mend it with &apos;Check terrain&apos;, or choose a raster of heights.</source>
        <translation>栅格“{layer}”不是以米为单位的地形：其值从 {low:g} 到 {high:g}，而陆地位于 {lowest:g} m 到 {highest:g} m 之间。请设置其无数据值，用“检查地形”修复，或选择高程栅格。</translation>
    </message>
    <message>
        <source>{cells:,} cell(s) have the value {value:g}, which stands for no data and is not declared.</source>
        <translation>{cells:,} 个像元的值为 {value:g}，它表示无数据但未声明。</translation>
    </message>
    <message>
        <source>{cells:,} cell(s) have values that are no heights.</source>
        <translation>{cells:,} 个像元的值不是高程。</translation>
    </message>
    <message>
        <source>{cells:,} cell(s) inside the terrain have no data.</source>
        <translation>地形内部有 {cells:,} 个像元无数据。</translation>
    </message>
    <message>
        <source>A pit of {cells:,} cell(s), {size:.2f} m deep, lower than all around it.</source>
        <translation>凹坑，{cells:,} 个像元，深 {size:.2f} m，低于周围全部地面。</translation>
    </message>
    <message>
        <source>A spike of {cells:,} cell(s), {size:.2f} m high, higher than all around it.</source>
        <translation>尖峰，{cells:,} 个像元，高 {size:.2f} m，高于周围全部地面。</translation>
    </message>
    <message>
        <source>A channel of {cells:,} cells that are joined at corners only: no water passes a corner.</source>
        <translation>河槽，{cells:,} 个像元，仅以角点相连：水无法通过角点。</translation>
    </message>
    <message>
        <source>A deck dams a channel: {cells:,} cell(s) stand up to {size:.2f} m above its bed.</source>
        <translation>桥面阻断河槽：{cells:,} 个像元最多高出槽底 {size:.2f} m。</translation>
    </message>
    <message>
        <source>A ridge at most three cells wide, {size:.2f} m high and {length:.0f} m long.</source>
        <translation>细脊，宽不超过三个像元，高 {size:.2f} m，长 {length:.0f} m。</translation>
    </message>
    <message>
        <source>A straight step of {size:+.2f} m along {length:.0f} m of a line between cells.</source>
        <translation>沿像元边线 {length:.0f} m 长的直线高差 {size:+.2f} m。</translation>
    </message>
    <message>
        <source>{cells:,} cells have one and the same height.</source>
        <translation>{cells:,} 个像元的高程完全相同。</translation>
    </message>
    <message>
        <source>Set the value as the no data value with &apos;Translate (convert format)&apos;, or use the mended terrain.</source>
        <translation>请用“转换 (格式转换)”将该值设为无数据值，或使用修复后的地形。</translation>
    </message>
    <message>
        <source>Set these cells to no data with the raster calculator, or use the mended terrain.</source>
        <translation>请用栅格计算器将这些像元设为无数据，或使用修复后的地形。</translation>
    </message>
    <message>
        <source>Fill the hole with &apos;Fill NoData cells&apos; if there is ground; leave it where it is water or not surveyed.</source>
        <translation>若该处有地面，请用“填充无数据像元”填补；若是水面或在测区之外则保留。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which fills it; if it is a real shaft or ramp, leave out the check &apos;pits&apos;.</source>
        <translation>请使用修复后的地形，其中已填平；若确为竖井或坡道，请取消检查项 pits。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which levels it; if it is a real tower or wall, leave out the check &apos;spikes&apos;.</source>
        <translation>请使用修复后的地形，其中已削平；若确为塔或墙，请取消检查项 spikes。</translation>
    </message>
    <message>
        <source>Use the mended terrain, which lowers a cell beside each corner, or choose smaller cells.</source>
        <translation>请使用修复后的地形，其中每个角点旁降低了一个像元，或选择更小的像元。</translation>
    </message>
    <message>
        <source>If water passes below, use the mended terrain, which is cut there; if a dam, leave out &apos;bridges&apos;.</source>
        <translation>若水从下方通过，请使用修复后的地形，其中已切开；若是坝，请取消 bridges。</translation>
    </message>
    <message>
        <source>Keep it if it holds water, as a flood wall does; remove it if it is a hedge, a fence or a railing.</source>
        <translation>若能挡水（如防洪墙）则保留；若是树篱、围栏或栏杆则去除。</translation>
    </message>
    <message>
        <source>Compare both sides with a survey, and shift the heights of one side by the step before they are joined.</source>
        <translation>请将两侧与测量数据对比，并在拼接前将一侧的高程平移该高差。</translation>
    </message>
    <message>
        <source>If it is water, give it its bed or no data; if it was filled in, look for the heights that are missing.</source>
        <translation>若是水面，请换成水底高程或无数据；若是填补出来的，请寻找缺失的高程。</translation>
    </message>
    <message>
        <source>On cells of {cell_m:g} m the search for bridges up to {breach:g} m wide, or for pits up to {area:g} m², would reach over {halo} cells, more than the {most} that fit into memory: choose smaller limits.</source>
        <translation>像元为 {cell_m:g} m 时，查找宽至 {breach:g} m 的桥面或面积至 {area:g} m² 的凹坑需跨越 {halo} 个像元，超过内存可容纳的 {most} 个：请选择更小的限值。</translation>
    </message>
    <message>
        <source>The limit {name} must be above 0, not {value:g}.</source>
        <translation>限值 {name} 必须大于 0，不能为 {value:g}。</translation>
    </message>
    <message>
        <source>{count:,} cells of the terrain &apos;{layer}&apos; lie in channels that are joined at corners only, for example at {x:.0f}, {y:.0f}: no water passes a corner, so that it stays in each cell. &apos;Check terrain&apos; mends them; or choose smaller cells.</source>
        <translation>地形“{layer}”有 {count:,} 个像元位于仅以角点相连的河槽中，例如 {x:.0f}, {y:.0f} 处：水无法通过角点，会留在各像元中。可用“检查地形”修复，或选择更小的像元。</translation>
    </message>
    <message>
        <source>{count:,} cells of the terrain &apos;{layer}&apos; have the height {value:g} m and lie at least {depth:.0f} m below all cells around: if they are holes filled with that value, &apos;Check terrain&apos; shows and mends them.</source>
        <translation>地形“{layer}”有 {count:,} 个像元的高程为 {value:g} m，且至少低于周围全部像元 {depth:.0f} m：若是以该值填充的空洞，可用“检查地形”查看并修复。</translation>
    </message>
    <message>
        <source>joining what the tiles have</source>
        <translation>正在合并各分块的结果</translation>
    </message>
    <message>
        <source>looking at the values</source>
        <translation>正在查看数值</translation>
    </message>
    <message>
        <source>looking for undeclared no data</source>
        <translation>正在查找未声明的无数据值</translation>
    </message>
    <message>
        <source>checking the heights</source>
        <translation>正在检查高程</translation>
    </message>
    <message>
        <source>reading the result</source>
        <translation>读取结果</translation>
    </message>
    <message>
        <source>{points:,} points at {steps:,} steps would be {rows:,} rows, more than {most:,}: choose fewer points.</source>
        <translation>{points:,} 个点、{steps:,} 个时间步共 {rows:,} 行，超过 {most:,} 行：请减少点的数量。</translation>
    </message>
    <message>
        <source>The faces of the result are blocks of {block} x {block} cells: depth and level are the largest of a block, velocities its mean, and a discharge takes the mean depth: it is rough where depth and velocity differ within a block. For exact values simulate a smaller EXTENT.</source>
        <translation>结果的面元为 {block} x {block} 个单元的块：水深和水位取块内最大值，流速取块内平均值，流量采用平均水深：块内水深和流速不均处，流量只是近似值。需要准确值时，请缩小 EXTENT 重新模拟。</translation>
    </message>
    <message>
        <source>{n} points lie outside the result and have no rows: {ids}.</source>
        <translation>{n} 个点位于结果范围之外，没有数据行：{ids}。</translation>
    </message>
    <message>
        <source>{n} points lie in buildings or where the terrain has no data, without a cell of the result, and have no rows: {ids}.</source>
        <translation>{n} 个点位于建筑内或地形无数据处，该处没有结果单元，因此没有数据行：{ids}。</translation>
    </message>
    <message>
        <source>{n} points stay dry: {ids}.</source>
        <translation>{n} 个点始终无水：{ids}。</translation>
    </message>
    <message>
        <source>The profiles would have {rows:,} rows, more than {most:,}: choose fewer TIMES, or shorter lines.</source>
        <translation>剖面共 {rows:,} 行，超过 {most:,} 行：请减少 TIMES 中的时间，或缩短线。</translation>
    </message>
    <message>
        <source>{n} lines have no length and are left out.</source>
        <translation>{n} 条线长度为零，已略去。</translation>
    </message>
    <message>
        <source>{gap:.1f} m of the {whole:.1f} m of the line &apos;{id}&apos; lie outside the result, in buildings or where the terrain has no data: no water passes there.</source>
        <translation>线“{id}”全长 {whole:.1f} m，其中 {gap:.1f} m 位于结果范围之外、建筑内或地形无数据处：该处无水通过。</translation>
    </message>
    <message>
        <source>{n} features of the layer &apos;{layer}&apos; have no geometry and are left out.</source>
        <translation>图层“{layer}”中有 {n} 个要素没有几何图形，已略去。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no features with a geometry.</source>
        <translation>图层“{layer}”中没有带几何图形的要素。</translation>
    </message>
    <message>
        <source>The id &apos;{id}&apos; occurs more than once in the layer &apos;{layer}&apos;: choose a field with unique values.</source>
        <translation>图层“{layer}”中编号“{id}”重复出现：请选择取值唯一的字段。</translation>
    </message>
    <message>
        <source>A line needs two pairs of coordinates at least.</source>
        <translation>一条线至少需要两对坐标。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; has no CRS: the coordinates of &apos;{name}&apos; are taken as they are.</source>
        <translation>结果“{path}”没有 CRS：“{name}”的坐标按原值使用。</translation>
    </message>
    <message>
        <source>The CRS &apos;{code}&apos; of the coordinates is unknown: write it as EPSG:4547.</source>
        <translation>坐标的 CRS“{code}”未知：请写成 EPSG:4547 的形式。</translation>
    </message>
    <message>
        <source>The coordinates cannot be transformed from {crs} to {own}: check their CRS and the order of x and y.</source>
        <translation>坐标无法从 {crs} 转换到 {own}：请检查其 CRS 以及 x、y 的顺序。</translation>
    </message>
    <message>
        <source>The coordinates have {n:,} pairs, more than {most:,}: use a layer instead.</source>
        <translation>坐标共 {n:,} 对，超过 {most:,} 对：请改用图层。</translation>
    </message>
    <message>
        <source>&apos;{part}&apos; is no pair of coordinates: enter x,y and separate pairs with semicolons, as in &apos;493000,2491000; 493050,2491020&apos;.</source>
        <translation>“{part}”不是一对坐标：请输入 x,y，各对之间用分号分隔，例如“493000,2491000; 493050,2491020”。</translation>
    </message>
    <message>
        <source>A line crosses more than {most:,} cells: shorten it, or divide it into several lines.</source>
        <translation>一条线穿过的单元超过 {most:,} 个：请缩短该线，或将其分成几条。</translation>
    </message>
    <message>
        <source>{wanted:g} min lies outside the result, which has steps from {first:g} to {last:g} min.</source>
        <translation>{wanted:g} min 不在结果的时间范围内：结果的时间步从 {first:g} 到 {last:g} min。</translation>
    </message>
    <message>
        <source>&apos;{word}&apos; is no time: enter minutes from the start, &apos;all&apos; or &apos;maximum&apos;, separated by semicolons.</source>
        <translation>“{word}”不是时间：请输入自开始起的分钟数、all 或 maximum，用分号分隔。</translation>
    </message>
    <message>
        <source>The result has no step at {wanted:g} min: the nearest one, {found:g} min, was taken.</source>
        <translation>结果中没有 {wanted:g} min 的时间步：采用最近的 {found:g} min。</translation>
    </message>
    <message>
        <source>A metre of {crs}, the CRS of the outputs, is {true:.2f} m on the ground here: areas and lengths that are measured on their geometry are wrong. The fields in m and m² are right. Choose the place's own projected CRS for CRS.</source>
        <translation>输出的坐标参考系 {crs} 中的 1 米在此处相当于实地 {true:.2f} m：按几何图形量算的面积和长度不正确。以 m 和 m² 为单位的字段是正确的。请为 CRS 选择当地的投影坐标系。</translation>
    </message>
    <message>
        <source>The outputs are in {crs}, which is in degrees: areas and lengths measured on their geometry are no metres, and solids are not drawn in proportion. The fields in m and m² are right. Choose a projected CRS of the place for CRS.</source>
        <translation>输出采用以度为单位的 {crs}：按几何图形量算的面积和长度不是以米计，三维体的比例也不正确。以 m 和 m² 为单位的字段是正确的。请为 CRS 选择当地的投影坐标系。</translation>
    </message>
    <message>
        <source>Row {number} of PLACEMENTS ({path}) has bearing_deg {bearing:g}: a bearing goes from 0 to 360 degrees, clockwise from grid north, or down to -360 against it. Correct it.</source>
        <translation>PLACEMENTS 第 {number} 行（{path}）的 bearing_deg 为 {bearing:g}：方位角应为 0 至 360 度（自坐标北顺时针），或逆时针至 -360 度。请更正。</translation>
    </message>
    <message>
        <source>{count} of these elements are placed by {classes}, which is not read: they are left out. Export the model with local placements.</source>
        <translation>其中 {count} 个构件以 {classes} 定位，该方式不被读取，已略去。请以局部坐标定位（IfcLocalPlacement）导出模型。</translation>
    </message>
    <message>
        <source>The site&apos;s latitude and longitude lie {distance_km:,.0f} km from the map conversion, which was used: check which of both is right.</source>
        <translation>场地的经纬度与地图转换相距 {distance_km:,.0f} km；已采用地图转换：请核对两者哪一个正确。</translation>
    </message>
    <message>
        <source>{count} models have a site far from their map conversion, which was used: check them on the map.</source>
        <translation>{count} 个模型的场地与其地图转换相距很远，已采用地图转换：请在地图上核对。</translation>
    </message>
    <message>
        <source>The rain of {source} is 0 mm in all {steps} steps: make sure that its depths stand in the column that is read.</source>
        <translation>{source}的雨量在全部 {steps} 个时步中均为 0 mm：请确认雨量位于所读取的列中。</translation>
    </message>
    <message>
        <source>The coordinates of the service lie where its layer is said to be in either order of axes: the first was taken for east. Check the rows on the map.</source>
        <translation>该服务的坐标无论按哪种轴序都位于其图层声明的范围内：已将第一个数作为东向坐标。请在地图上核对各行。</translation>
    </message>
    <message>
        <source>BALANCE_PICTURE needs the water balance of the run: choose it in BALANCE.</source>
        <translation>BALANCE_PICTURE 需要模拟的水量平衡：请在 BALANCE 中选择。</translation>
    </message>
    <message>
        <source>Writing the model</source>
        <translation>正在写出模型</translation>
    </message>
    <message>
        <source>The inflows enter {n:,} cells, and LISFLOOD-FP has room for {most:,}: draw smaller polygons, or choose a larger CELL_SIZE.</source>
        <translation>入流进入 {n:,} 个格，而 LISFLOOD-FP 最多容纳 {most:,} 个：请画较小的多边形，或选择较大的 CELL_SIZE。</translation>
    </message>
    <message>
        <source>{n:,} cells without data beyond open edges got a bed that falls outwards, so that the water leaves: LISFLOOD-FP has open edges only where the grid ends. Rain falls there too.</source>
        <translation>开放边界之外的 {n:,} 个无数据格改为向外倾斜的底面，使水流出：LISFLOOD-FP 只在栅格边缘有开放边界。那里也有降雨。</translation>
    </message>
    <message>
        <source>The rain on the roofs of walls, {volume:,.0f} m³, is left out: LISFLOOD-FP has the same rain in every cell. With BUILDINGS_AS raise it runs off the roofs.</source>
        <translation>墙体屋顶上的降雨 {volume:,.0f} m³ 未写入：LISFLOOD-FP 每格降雨相同。BUILDINGS_AS 设为 raise 时，雨水会从屋顶流下。</translation>
    </message>
    <message>
        <source>LISFLOOD-FP takes the losses of {lost:g} mm/h also from the roofs of the {n:,} cells of buildings.</source>
        <translation>LISFLOOD-FP 的 {lost:g} mm/h 损失也作用于建筑的 {n:,} 个屋顶格。</translation>
    </message>
    <message>
        <source>{n} of {all} cells of the {side} edge have no data: LISFLOOD-FP has no edge further inside, so that the water stays there.</source>
        <translation>{side} 边界的 {all} 个格中有 {n} 个无数据：LISFLOOD-FP 在内部没有边界，水会留在那里。</translation>
    </message>
    <message>
        <source>{process} is left out: it has no counterpart in LISFLOOD-FP&apos;s files.</source>
        <translation>{process} 未写入：LISFLOOD-FP 的文件中没有对应内容。</translation>
    </message>
    <message>
        <source>The wet area of DEPTH_MAX is {area:,.0f} m², and that of the run of SUMMARY {summary:,.0f} m²: make sure that both are of one run.</source>
        <translation>DEPTH_MAX 的淹没面积为 {area:,.0f} m²，而 SUMMARY 的模拟为 {summary:,.0f} m²：请确认两者属于同一次模拟。</translation>
    </message>
    <message>
        <source>Time steps became short because of a wave of {speed:.0f} m/s in the cell at {x:.1f}, {y:.1f}: make sure that the terrain has no pit or wall there that does not exist.</source>
        <translation>由于单元 {x:.1f}, {y:.1f} 处出现 {speed:.0f} m/s 的波速，时间步长变得很短：请确认该处地形没有实际并不存在的坑或墙。</translation>
    </message>
    <message>
        <source>{time} of {end}, {step:.2g} s steps because of the cell at {x:.1f}, {y:.1f}</source>
        <translation>{time}/{end}，时间步长 {step:.2g} 秒，由单元 {x:.1f}, {y:.1f} 决定</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is neither in UTF-8 nor in {encoding}: save it as CSV in UTF-8.</source>
        <translation>“{name}”既不是 UTF-8 也不是 {encoding} 编码：请另存为 UTF-8 编码的 CSV。</translation>
    </message>
    <message>
        <source>checked by &apos;Check terrain&apos;</source>
        <translation>已用“检查地形”检查</translation>
    </message>
    <message>
        <source>Shock-capturing scheme: in a first look with cells of {cell:g} m, supercritical flow covered at one moment {share:.1%} of the largest wet area, more than {limit:.0%}.</source>
        <translation>激波捕捉格式：用 {cell:g} m 网格初步试算，某一时刻急流范围达到最大淹没范围的 {share:.1%}，超过 {limit:.0%}。</translation>
    </message>
    <message>
        <source>Lines where water passes: {given:,} were read, {used:,} lie on the terrain; {out:,} are left out, outside or without a line.</source>
        <translation>过水线：读取 {given:,} 条，{used:,} 条位于地形上；{out:,} 条因在范围外或没有线而未使用。</translation>
    </message>
    <message>
        <source>A and B are results of the same run {run}: they differ by the times of RESULT only.</source>
        <translation>A 和 B 是同一次模拟 {run} 的结果：只因 RESULT 的输出时刻而不同。</translation>
    </message>
    <message>
        <source>The depths of run {side} are the greatest of the {steps} output steps of RESULT_{side}: between them the water may have been deeper. DEPTH_{side} has the maximum.</source>
        <translation>模拟 {side} 的水深取自 RESULT_{side} 的 {steps} 个输出时刻的最大值：两个时刻之间的水深可能更大。DEPTH_{side} 含真正的最大值。</translation>
    </message>
    <message>
        <source>The result has a frame {minutes:,.0f} min after {start}, which no date can say: choose another START_TIME, and check the times of RESULT.</source>
        <translation>结果中有一帧在 {start} 之后 {minutes:,.0f} 分钟，无法表示为日期：请另选 START_TIME，并检查 RESULT 的时间。</translation>
    </message>
    <message>
        <source>{n} reported places have no geometry and are left out.</source>
        <translation>{n} 个上报地点没有几何，已略去。</translation>
    </message>
    <message>
        <source>REPORTED has no places: nothing is compared.</source>
        <translation>REPORTED 中没有地点：未做比较。</translation>
    </message>
    <message>
        <source>{n} reported places lie outside the terrain and count as misses: check their CRS.</source>
        <translation>{n} 个上报地点位于地形之外，计为漏报：请检查其坐标系。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; is in {crs}, which is not in metres: areas, volumes and discharges need a result in a projected CRS in metres.</source>
        <translation>结果“{path}”的坐标系为 {crs}，其单位不是米：面积、水量和流量需要以米为单位的投影坐标系中的结果。</translation>
    </message>
    <message>
        <source>The cells of the result &apos;{path}&apos; are {width:g} x {height:g} and not square: choose a result with square cells.</source>
        <translation>结果“{path}”的单元为 {width:g} x {height:g}，不是正方形：请选择单元为正方形的结果。</translation>
    </message>
    <message>
        <source>A metre of {crs}, the CRS of the mended terrain, is {true:.2f} m on the ground here, so slopes, areas and volumes are wrong.</source>
        <translation>在修正后地形的坐标系 {crs} 中，此处 1 米相当于实地 {true:.2f} 米，因此坡度、面积和体积都不正确。</translation>
    </message>
    <message>
        <source>The terrain &apos;{layer}&apos; has no heights: nothing could be checked.</source>
        <translation>地形“{layer}”没有高程：无法检查。</translation>
    </message>
    <message>
        <source>its times do not ascend</source>
        <translation>其时间不是递增的</translation>
    </message>
    <message>
        <source>{n} geometries of the layer &apos;{source}&apos; cannot be transformed from {own} to {crs} and count as missing.</source>
        <translation>图层“{source}”有 {n} 个几何无法从 {own} 转换到 {crs}，按缺失处理。</translation>
    </message>
    <message>
        <source>The layer &apos;{source}&apos; cannot be transformed from {own} to {crs}: set the CRS that its coordinates are in, in the layer&apos;s properties.</source>
        <translation>图层“{source}”无法从 {own} 转换到 {crs}：请在图层属性中设置其坐标所属的坐标系。</translation>
    </message>
    <message>
        <source>The EXTENT of the film shows nothing of the result &apos;{name}&apos;: choose a part of it, and check the CRS of the extent.</source>
        <translation>影片的 EXTENT 中没有结果“{name}”的任何部分：请选择其中一部分，并检查范围的坐标系。</translation>
    </message>
    <message>
        <source>holes inside the data act as walls</source>
        <translation>数据内部的空洞视为墙</translation>
    </message>
    <message>
        <source>{cells:,} cells of the terrain have no data and get no rain. Holes inside the data act as walls: fill them first where water should pass. Cells around the data lie outside: there the edges of the area count.</source>
        <translation>地形有 {cells:,} 个网格没有数据，不接收降雨。数据内部的空洞按墙处理：若水应能通过，请先填补空洞。数据外围的网格在范围之外：那里按范围的边界处理。</translation>
    </message>
    <message>
        <source>unknown: the threshold is {height:g} m above the ground outside</source>
        <translation>未知时，门槛高出室外地面 {height:g} m</translation>
    </message>
    <message>
        <source>COORDINATES has no pair of x and y: enter them as in &apos;493000,2491000; 493050,2491020&apos;.</source>
        <translation>COORDINATES 中没有 x 和 y 的坐标对：请按“493000,2491000; 493050,2491020”的形式输入。</translation>
    </message>
    <message>
        <source>An inflow lies outside the terrain, inflow {number} of the layer: move it onto cells that have a height.</source>
        <translation>图层中的第 {number} 个入流位于地形之外：请将其移到有高程的单元上。</translation>
    </message>
    <message>
        <source>{border:.1f} m of the {whole:.1f} m of the line &apos;{id}&apos; run along the border of the result, or of cells that are cut out: the discharge there is half of that of the cells beside it. Move the line into the cells.</source>
        <translation>线“{id}”共 {whole:.1f} m，其中 {border:.1f} m 沿结果的边界或被切除单元的边界：该处的流量只取旁边单元的一半。请将线移到单元之内。</translation>
    </message>
    <message>
        <source>step {step} has depths below 0 or infinite ones</source>
        <translation>第 {step} 步有小于 0 或无穷大的水深</translation>
    </message>
    <message>
        <source>The output &apos;{final}&apos; and the folder {name}, &apos;{folder}&apos;, lie in one another: choose another place for one of them.</source>
        <translation>输出“{final}”与文件夹 {name}“{folder}”互相包含：请为其中之一另选位置。</translation>
    </message>
    <message>
        <source>Choose a raster of heights, if the ground is not so even.</source>
        <translation>如果地面并非如此平坦，请选择高程栅格。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; was written by another version of City Twin, whose states this one cannot read: compute the run again with STATE.</source>
        <translation>“{name}”由另一版本的 City Twin 写成，本版本无法读取其状态：请用 STATE 重新计算该次模拟。</translation>
    </message>
    <message>
        <source>There is no file &apos;{path}&apos;: choose a state that STATE wrote.</source>
        <translation>文件“{path}”不存在：请选择由 STATE 写出的状态文件。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no state of a run, or it is damaged ({reason}): choose a file that STATE wrote.</source>
        <translation>“{name}”不是模拟状态文件，或已损坏（{reason}）：请选择由 STATE 写出的文件。</translation>
    </message>
    <message>
        <source>Scheme {scheme}, that of the state in START.</source>
        <translation>格式 {scheme}，与 START 中的状态相同。</translation>
    </message>
    <message>
        <source>run {run}, after {time}; times count from the start of this run</source>
        <translation>模拟 {run}，{time} 之后；时间从本次模拟开始起算</translation>
    </message>
    <message>
        <source>run {run}; the clock goes on from {time}</source>
        <translation>模拟 {run}；时钟从 {time} 继续</translation>
    </message>
    <message>
        <source>State at the start</source>
        <translation>起始状态</translation>
    </message>
    <message>
        <source>The blocked share of an inlet must be from 0 to 1, not {share:g}.</source>
        <translation>雨水口的堵塞比例须为 0 至 1，而不是 {share:g}。</translation>
    </message>
    <message>
        <source>The number of inlets at a node must be at least 1, not {count}.</source>
        <translation>节点处的雨水口数量至少为 1，而不是 {count}。</translation>
    </message>
    <message>
        <source>The table of an inlet must have at least two rows with rising depths (m).</source>
        <translation>雨水口的水深—流量表至少需要两行，且水深递增（m）。</translation>
    </message>
    <message>
        <source>The flows in the table of an inlet must not be negative (m³/s).</source>
        <translation>雨水口的水深—流量表中流量不得为负（m³/s）。</translation>
    </message>
    <message>
        <source>The ground or its buildings are others than in the run of the state in START: water keeps its depth, and is left out where there is a wall now.</source>
        <translation>地面或建筑与 START 中状态所属的模拟不同：水保持其深度，现在是墙的地方的水被舍去。</translation>
    </message>
    <message>
        <source>The state in START was computed by another SCHEME: its water starts from rest. Choose auto to go on with the same.</source>
        <translation>START 中的状态由另一种 SCHEME 计算：其水从静止开始。选择 auto 可沿用同一格式。</translation>
    </message>
    <message>
        <source>The state in START also holds what this run has no input for, and which is left out: {names}.</source>
        <translation>START 中的状态还包含本次模拟没有输入的内容，已舍去：{names}。</translation>
    </message>
    <message>
        <source>The blocked share of the inlets must be from 0 to 100 %, not {share:g} %.</source>
        <translation>雨水口堵塞比例必须在 0 到 100 % 之间，而不是 {share:g} %。</translation>
    </message>
    <message>
        <source>The coupling step must not be negative (s).</source>
        <translation>耦合步长（秒）不能为负。</translation>
    </message>
    <message>
        <source>A node of the drains lies outside the terrain of the run.</source>
        <translation>管网的一个节点位于模拟地形之外。</translation>
    </message>
    <message>
        <source>The state in START is of {rows} x {columns} cells of {cell:g} m from {west:.3f}, {north:.3f} ({crs}), the run has {own_rows} x {own_columns} of {own_cell:g} m from {own_west:.3f}, {own_north:.3f} ({own_crs}): give both the same terrain, EXTENT and CELL_SIZE.</source>
        <translation>START 中的状态为 {rows} x {columns} 个 {cell:g} m 的单元，起点 {west:.3f}, {north:.3f}（{crs}）；本次模拟为 {own_rows} x {own_columns} 个 {own_cell:g} m 的单元，起点 {own_west:.3f}, {own_north:.3f}（{own_crs}）：请使两者的地形、EXTENT 和 CELL_SIZE 相同。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of {name} does not overlap the terrain: check its CRS and extent.</source>
        <translation>{name} 的图层“{layer}”与地形不重叠：请检查其坐标参考系和范围。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; of {name} has no class numbers but values such as {value:g}: choose a raster of classes, or polygons with the values in fields.</source>
        <translation>{name} 的栅格“{layer}”不是类别编号，而是 {value:g} 之类的数值：请选择分类栅格，或选择在字段中给出数值的多边形。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; of {name} has {count} different values: choose a raster of classes, not of measurements.</source>
        <translation>{name} 的栅格“{layer}”有 {count} 个不同的值：请选择分类栅格，而不是测量值栅格。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of {name} has none of the fields that it needs. {cure}</source>
        <translation>{name} 的图层“{layer}”没有所需的任何字段。{cure}</translation>
    </message>
    <message>
        <source>values that are no class numbers: {cells}</source>
        <translation>不是类别编号的值：{cells}</translation>
    </message>
    <message>
        <source>polygons that hold no cell&apos;s centre: {n}</source>
        <translation>不含像元中心的多边形：{n}</translation>
    </message>
    <message>
        <source>Name the field with the texture (loam, 壤土 …) soil, or give the fields k_mm_h, psi_mm and porosity.</source>
        <translation>请将质地（loam、壤土……）所在的字段命名为 soil，或提供字段 k_mm_h、psi_mm 和 porosity。</translation>
    </message>
    <message>
        <source>Name the field with the land cover (lawn, 草地 …) cover, or give the fields impervious or cn.</source>
        <translation>请将土地覆盖（lawn、草地……）所在的字段命名为 cover，或提供字段 impervious 或 cn。</translation>
    </message>
    <message>
        <source>{share:.0%} impervious</source>
        <translation>不透水 {share:.0%}</translation>
    </message>
    <message>
        <source>The table soils.csv has no soil &apos;{name}&apos;.</source>
        <translation>表 soils.csv 中没有土壤“{name}”。</translation>
    </message>
    <message>
        <source>Soil of the cells</source>
        <translation>像元的土壤</translation>
    </message>
    <message>
        <source>The field {field} of the layer &apos;{layer}&apos; has no unit in its name: rename it to k_mm_h, k_cm_h, k_m_day or k_m_s, or to psi_mm or psi_cm.</source>
        <translation>图层“{layer}”的字段 {field} 名称中没有单位：请改名为 k_mm_h、k_cm_h、k_m_day 或 k_m_s，或 psi_mm、psi_cm。</translation>
    </message>
    <message>
        <source>The group &apos;{group}&apos; of the layer &apos;{layer}&apos; is no hydrologic soil group: give A, B, C or D.</source>
        <translation>图层“{layer}”的“{group}”不是水文土壤组：请填 A、B、C 或 D。</translation>
    </message>
    <message>
        <source>Land cover of the cells</source>
        <translation>像元的土地覆盖</translation>
    </message>
    <message>
        <source>curve number {number:g}</source>
        <translation>曲线数 {number:g}</translation>
    </message>
    <message>
        <source>{first:g} to {last:g} mm/h, decay {decay:g} 1/h, {share:.0%} impervious</source>
        <translation>{first:g} 至 {last:g} mm/h，衰减 {decay:g} 1/h，不透水 {share:.0%}</translation>
    </message>
    <message>
        <source>The field impervious of the layer &apos;{layer}&apos; is {share:g}: it is a share from 0 to 1, not a percentage.</source>
        <translation>图层“{layer}”的字段 impervious 为 {share:g}：它应是 0 到 1 的比例，而不是百分数。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has a conductivity of {k:g} mm/h, more than any soil: make sure that the unit in the name of its field is right.</source>
        <translation>图层“{layer}”的渗透系数为 {k:g} mm/h，超过任何土壤：请确认字段名中的单位正确。</translation>
    </message>
    <message>
        <source>INFILTRATED is written with greenampt, horton or scs: choose one in INFILTRATION_METHOD, or leave the output out.</source>
        <translation>INFILTRATED 只在 greenampt、horton 或 scs 方法下输出：请在 INFILTRATION_METHOD 中选择其一，或不要此输出。</translation>
    </message>
    <message>
        <source>The field {field} of the layer &apos;{layer}&apos; is &apos;{value}&apos;: give a number.</source>
        <translation>图层“{layer}”的字段 {field} 为“{value}”：请给出数字。</translation>
    </message>
    <message>
        <source>outside the layer: {n}</source>
        <translation>在图层之外：{n}</translation>
    </message>
    <message>
        <source>unknown classes: {names}</source>
        <translation>未知类别：{names}</translation>
    </message>
    <message>
        <source>{usual} for them</source>
        <translation>对这些像元采用 {usual}</translation>
    </message>
    <message>
        <source>INFILTRATION_MM_H has no effect with {method}.</source>
        <translation>采用 {method} 时 INFILTRATION_MM_H 不起作用。</translation>
    </message>
    <message>
        <source>{soil} everywhere</source>
        <translation>处处为 {soil}</translation>
    </message>
    <message>
        <source>SWMM takes more than {seconds:g} s to read the drains of &apos;{source}&apos;: simplify the network.</source>
        <translation>SWMM 读取“{source}”的管网超过 {seconds:g} 秒：请简化管网。</translation>
    </message>
    <message>
        <source>there is not enough memory for the network: close other programs</source>
        <translation>内存不足以容纳管网：请关闭其他程序</translation>
    </message>
    <message>
        <source>the equations of a pipe cannot be solved: check its length, slope and cross-section</source>
        <translation>无法求解某管道的方程：请检查其长度、坡度和断面</translation>
    </message>
    <message>
        <source>the solver of differential equations cannot start: report the case</source>
        <translation>微分方程求解器无法启动：请报告此情况</translation>
    </message>
    <message>
        <source>no time step can be found: choose a smaller ROUTING_STEP</source>
        <translation>找不到可用的时间步长：请减小 ROUTING_STEP</translation>
    </message>
    <message>
        <source>the outlet of a subcatchment is the name of a node and of a subcatchment: rename one</source>
        <translation>某子汇水区的出口名称同时是节点和子汇水区的名称：请改名</translation>
    </message>
    <message>
        <source>an aquifer has impossible properties: correct them in the section AQUIFERS</source>
        <translation>某含水层的参数不合理：请在 AQUIFERS 节中更正</translation>
    </message>
    <message>
        <source>the ground lies below the water table: correct the levels in the section GROUNDWATER</source>
        <translation>地面低于地下水位：请在 GROUNDWATER 节中更正高程</translation>
    </message>
    <message>
        <source>the length of a conduit must be above 0: correct it</source>
        <translation>管道长度必须大于 0：请更正</translation>
    </message>
    <message>
        <source>the elevation drop of a conduit is larger than its length: check its offsets and its length</source>
        <translation>管道落差大于其长度：请检查偏移和长度</translation>
    </message>
    <message>
        <source>the roughness of a conduit must be above 0: correct it</source>
        <translation>管道糙率必须大于 0：请更正</translation>
    </message>
    <message>
        <source>the number of barrels of a conduit must be 1 or more: correct it in the section XSECTIONS</source>
        <translation>管道根数必须不小于 1：请在 XSECTIONS 节中更正</translation>
    </message>
    <message>
        <source>a conduit rises towards its end, which this routing does not allow: choose FLOW_ROUTING DYNWAVE</source>
        <translation>某管道向末端升高，该演算方法不允许：请选择 FLOW_ROUTING DYNWAVE</translation>
    </message>
    <message>
        <source>a link has no cross-section: add a line to the section XSECTIONS</source>
        <translation>某连接没有断面：请在 XSECTIONS 节中添加一行</translation>
    </message>
    <message>
        <source>a cross-section is impossible: correct its sizes in the section XSECTIONS</source>
        <translation>某断面不合理：请在 XSECTIONS 节中更正尺寸</translation>
    </message>
    <message>
        <source>the curve of a pump is missing or of the wrong kind: correct it in the section CURVES</source>
        <translation>水泵曲线缺失或类型不对：请在 CURVES 节中更正</translation>
    </message>
    <message>
        <source>the start-up depth of a pump must be above its shut-off depth: correct one of them</source>
        <translation>水泵的启泵水深必须大于停泵水深：请更正其一</translation>
    </message>
    <message>
        <source>links run in a circle: choose FLOW_ROUTING DYNWAVE</source>
        <translation>连接构成环路：请选择 FLOW_ROUTING DYNWAVE</translation>
    </message>
    <message>
        <source>a node has more than one outlet link, which this routing does not allow: choose DYNWAVE</source>
        <translation>某节点有多条出流连接，该演算方法不允许：请选择 DYNWAVE</translation>
    </message>
    <message>
        <source>a dummy or ideal link must be the only one that leaves its node: correct the links there</source>
        <translation>虚拟或理想连接必须是离开其节点的唯一连接：请更正该处的连接</translation>
    </message>
    <message>
        <source>a divider must have two outlet links: correct the links there, or make it a junction</source>
        <translation>分流节点必须有两条出流连接：请更正该处的连接，或改为普通节点</translation>
    </message>
    <message>
        <source>the diverted link of a divider does not leave it: correct the name</source>
        <translation>分流节点的分流连接并不从该节点出发：请更正名称</translation>
    </message>
    <message>
        <source>the weir of a divider has impossible sizes: correct them</source>
        <translation>分流节点的堰尺寸不合理：请更正</translation>
    </message>
    <message>
        <source>the initial depth of a node is larger than its depth: correct one of them</source>
        <translation>某节点的初始水深大于其深度：请更正其一</translation>
    </message>
    <message>
        <source>an orifice, weir or outlet starts at a node that is no storage: make the node a storage</source>
        <translation>孔口、堰或出口从非调蓄节点出发：请将该节点改为调蓄节点</translation>
    </message>
    <message>
        <source>a storage has a negative volume at its full depth: correct its curve</source>
        <translation>某调蓄设施满深时体积为负：请更正其曲线</translation>
    </message>
    <message>
        <source>an outfall has more than one link, or one that leaves it: join the pipes at a junction before it</source>
        <translation>某排放口有多条连接，或有连接从其流出：请在其上游的节点处汇合管道</translation>
    </message>
    <message>
        <source>an orifice or weir has a cross-section that it cannot have: choose CIRCULAR or RECT_CLOSED</source>
        <translation>孔口或堰的断面形状不可用：请选择 CIRCULAR 或 RECT_CLOSED</translation>
    </message>
    <message>
        <source>no outfall can be reached: make the lowest node of each part of the network an outfall</source>
        <translation>没有可到达的排放口：请将管网每一部分的最低节点设为排放口</translation>
    </message>
    <message>
        <source>a unit hydrograph has an impossible time base: correct it in the section HYDROGRAPHS</source>
        <translation>单位线的时间基数不合理：请在 HYDROGRAPHS 节中更正</translation>
    </message>
    <message>
        <source>the shares of a unit hydrograph are impossible: correct them in the section HYDROGRAPHS</source>
        <translation>单位线的比例不合理：请在 HYDROGRAPHS 节中更正</translation>
    </message>
    <message>
        <source>the area of an inflow by rain is impossible: correct it in the section RDII</source>
        <translation>降雨入流的面积不合理：请在 RDII 节中更正</translation>
    </message>
    <message>
        <source>two rain gages read the same station in different ways: correct the section RAINGAGES</source>
        <translation>两个雨量计以不同方式读取同一站点：请更正 RAINGAGES 节</translation>
    </message>
    <message>
        <source>two rain gages use the same data in different forms: correct the section RAINGAGES</source>
        <translation>两个雨量计以不同形式使用同一数据：请更正 RAINGAGES 节</translation>
    </message>
    <message>
        <source>the series of a rain gage is used by another object, too: give it one of its own</source>
        <translation>雨量计的序列也被另一对象使用：请为它单独提供一个序列</translation>
    </message>
    <message>
        <source>the interval of a rain gage is longer than that of its series: correct one of them</source>
        <translation>雨量计的间隔大于其序列的间隔：请更正其一</translation>
    </message>
    <message>
        <source>treatment functions refer to each other in a circle: correct them</source>
        <translation>处理函数相互循环引用：请更正</translation>
    </message>
    <message>
        <source>the rows of a curve must rise: sort them in the section CURVES</source>
        <translation>曲线的各行必须递增：请在 CURVES 节中排序</translation>
    </message>
    <message>
        <source>the rows of a time series must be in order of time: sort them in the section TIMESERIES</source>
        <translation>时间序列的各行必须按时间排列：请在 TIMESERIES 节中排序</translation>
    </message>
    <message>
        <source>the numbers of a snow pack are impossible: correct them</source>
        <translation>积雪的数值不合理：请更正</translation>
    </message>
    <message>
        <source>the parameters of a snow pack are impossible: correct them</source>
        <translation>积雪的参数不合理：请更正</translation>
    </message>
    <message>
        <source>a low impact development control has no kind: correct the section LID_CONTROLS</source>
        <translation>某低影响开发设施没有类型：请更正 LID_CONTROLS 节</translation>
    </message>
    <message>
        <source>a low impact development control lacks a layer: correct the section LID_CONTROLS</source>
        <translation>某低影响开发设施缺少一层：请更正 LID_CONTROLS 节</translation>
    </message>
    <message>
        <source>a low impact development control has impossible numbers: correct the section LID_CONTROLS</source>
        <translation>某低影响开发设施的数值不合理：请更正 LID_CONTROLS 节</translation>
    </message>
    <message>
        <source>the controls of a subcatchment are larger than it is: correct the section LID_USAGE</source>
        <translation>子汇水区的设施面积大于其自身：请更正 LID_USAGE 节</translation>
    </message>
    <message>
        <source>the controls of a subcatchment take more than all of its paved area: correct the section LID_USAGE</source>
        <translation>子汇水区的设施所接纳的超过其全部不透水面积：请更正 LID_USAGE 节</translation>
    </message>
    <message>
        <source>the clock ends before it starts: correct START_DATE</source>
        <translation>时钟在开始之前结束：请更正 START_DATE</translation>
    </message>
    <message>
        <source>the report starts after the end: correct REPORT_START_DATE</source>
        <translation>报告的开始晚于结束：请更正 REPORT_START_DATE</translation>
    </message>
    <message>
        <source>the report&apos;s step is shorter than the routing step: correct one of them</source>
        <translation>报告步长短于演算步长：请更正其一</translation>
    </message>
    <message>
        <source>the input has errors</source>
        <translation>输入有错误</translation>
    </message>
    <message>
        <source>a line has too many letters: shorten it</source>
        <translation>某行字符过多：请缩短</translation>
    </message>
    <message>
        <source>a line has too few items: complete it as the section&apos;s heading says</source>
        <translation>某行项目过少：请按该节标题补全</translation>
    </message>
    <message>
        <source>a word is none that SWMM knows there: correct its spelling</source>
        <translation>某个词不是 SWMM 在该处认识的：请更正拼写</translation>
    </message>
    <message>
        <source>an object was named twice: rename one</source>
        <translation>某对象重名：请改名</translation>
    </message>
    <message>
        <source>a line names an object that does not exist: correct the name, or add the object</source>
        <translation>某行引用了不存在的对象：请更正名称，或添加该对象</translation>
    </message>
    <message>
        <source>an item must be a number: correct it</source>
        <translation>某项必须是数字：请更正</translation>
    </message>
    <message>
        <source>an item must be a date as 12/31/2024 or a time as 23:59: correct it</source>
        <translation>某项必须是 12/31/2024 这样的日期或 23:59 这样的时间：请更正</translation>
    </message>
    <message>
        <source>a rule does not have the form IF … THEN …: correct it in the section CONTROLS</source>
        <translation>某规则不符合 IF … THEN … 的形式：请在 CONTROLS 节中更正</translation>
    </message>
    <message>
        <source>a row of a transect comes before its heading: correct the section TRANSECTS</source>
        <translation>断面数据的某行出现在其标题之前：请更正 TRANSECTS 节</translation>
    </message>
    <message>
        <source>a station of a transect is out of order: sort them in the section TRANSECTS</source>
        <translation>断面的某测点顺序不对：请在 TRANSECTS 节中排序</translation>
    </message>
    <message>
        <source>a transect has too few stations: give it two or more</source>
        <translation>某断面的测点过少：请给出两个或更多</translation>
    </message>
    <message>
        <source>a transect has too many stations: leave some out</source>
        <translation>某断面的测点过多：请删去一些</translation>
    </message>
    <message>
        <source>a transect has no roughness: add a line NC before it</source>
        <translation>某断面没有糙率：请在其前添加 NC 行</translation>
    </message>
    <message>
        <source>the banks of a transect are not among its stations: correct them</source>
        <translation>某断面的岸点不在其测点之中：请更正</translation>
    </message>
    <message>
        <source>a transect has no depth: correct its heights</source>
        <translation>某断面没有深度：请更正其高程</translation>
    </message>
    <message>
        <source>a treatment function cannot be understood: correct it</source>
        <translation>某处理函数无法理解：请更正</translation>
    </message>
    <message>
        <source>the infiltration of a subcatchment has impossible numbers: correct the section INFILTRATION</source>
        <translation>某子汇水区的下渗数值不合理：请更正 INFILTRATION 节</translation>
    </message>
    <message>
        <source>the input and the report have the same name</source>
        <translation>输入与报告同名</translation>
    </message>
    <message>
        <source>the input cannot be opened</source>
        <translation>无法打开输入</translation>
    </message>
    <message>
        <source>the report cannot be opened: make room on the disk</source>
        <translation>无法打开报告：请腾出磁盘空间</translation>
    </message>
    <message>
        <source>the results cannot be opened: make room on the disk</source>
        <translation>无法打开结果：请腾出磁盘空间</translation>
    </message>
    <message>
        <source>the results would be too large for a file: simulate a shorter time</source>
        <translation>结果过大，无法写入一个文件：请缩短模拟时间</translation>
    </message>
    <message>
        <source>the results cannot be written: make room on the disk</source>
        <translation>无法写入结果：请腾出磁盘空间</translation>
    </message>
    <message>
        <source>the results cannot be read back: make room on the disk</source>
        <translation>无法读回结果：请腾出磁盘空间</translation>
    </message>
    <message>
        <source>a file of rain cannot be opened: make room on the disk</source>
        <translation>无法打开降雨文件：请腾出磁盘空间</translation>
    </message>
    <message>
        <source>a file of rain cannot be opened: put it beside the input</source>
        <translation>无法打开降雨文件：请将其放在输入旁边</translation>
    </message>
    <message>
        <source>a file of rain has its rows out of order of time: sort them</source>
        <translation>降雨文件的各行未按时间排列：请排序</translation>
    </message>
    <message>
        <source>the format of a file of rain is not known: save it in one that SWMM reads</source>
        <translation>降雨文件的格式未知：请保存为 SWMM 可读的格式</translation>
    </message>
    <message>
        <source>a file of rain has the wrong format: save it in one that SWMM reads</source>
        <translation>降雨文件的格式不对：请保存为 SWMM 可读的格式</translation>
    </message>
    <message>
        <source>a file of rain has no data of a gage: correct its station</source>
        <translation>降雨文件没有某雨量计的数据：请更正其站点</translation>
    </message>
    <message>
        <source>a file of runoff cannot be opened: put it beside the input</source>
        <translation>无法打开径流文件：请将其放在输入旁边</translation>
    </message>
    <message>
        <source>a file of runoff belongs to another network</source>
        <translation>径流文件属于另一个管网</translation>
    </message>
    <message>
        <source>a file of runoff ends too early</source>
        <translation>径流文件过早结束</translation>
    </message>
    <message>
        <source>a file of runoff cannot be read</source>
        <translation>无法读取径流文件</translation>
    </message>
    <message>
        <source>the state of the drains cannot be opened: start the run without START</source>
        <translation>无法打开管网的状态：请不带 START 启动</translation>
    </message>
    <message>
        <source>the state of the drains belongs to another network: start the run without START</source>
        <translation>管网的状态属于另一个管网：请不带 START 启动</translation>
    </message>
    <message>
        <source>the state of the drains cannot be read: start the run without START</source>
        <translation>无法读取管网的状态：请不带 START 启动</translation>
    </message>
    <message>
        <source>evaporation or wind needs a file of the climate, and none is named: name it in TEMPERATURE</source>
        <translation>蒸发或风速需要气候文件，但未指明：请在 TEMPERATURE 中指明</translation>
    </message>
    <message>
        <source>a file of the climate cannot be opened: put it beside the input</source>
        <translation>无法打开气候文件：请将其放在输入旁边</translation>
    </message>
    <message>
        <source>a file of the climate cannot be read: correct its rows</source>
        <translation>无法读取气候文件：请更正其各行</translation>
    </message>
    <message>
        <source>a file of the climate ends too early</source>
        <translation>气候文件过早结束</translation>
    </message>
    <message>
        <source>a file of inflow by rain cannot be opened: make room on the disk</source>
        <translation>无法打开降雨入流文件：请腾出磁盘空间</translation>
    </message>
    <message>
        <source>a file of inflow by rain cannot be opened: put it beside the input</source>
        <translation>无法打开降雨入流文件：请将其放在输入旁边</translation>
    </message>
    <message>
        <source>a file of inflow by rain has the wrong format</source>
        <translation>降雨入流文件的格式不对</translation>
    </message>
    <message>
        <source>a file of inflows cannot be opened: put it beside the input</source>
        <translation>无法打开入流文件：请将其放在输入旁边</translation>
    </message>
    <message>
        <source>a file of inflows has the wrong format</source>
        <translation>入流文件的格式不对</translation>
    </message>
    <message>
        <source>a file of inflows names other objects than the network</source>
        <translation>入流文件中的对象与管网不符</translation>
    </message>
    <message>
        <source>the files of inflows and outflows have the same name: rename one</source>
        <translation>入流与出流文件同名：请改名</translation>
    </message>
    <message>
        <source>the file of a time series cannot be opened: put it beside the input</source>
        <translation>无法打开时间序列的文件：请将其放在输入旁边</translation>
    </message>
    <message>
        <source>the file of a time series is wrong in a row: correct it</source>
        <translation>时间序列的文件有一行错误：请更正</translation>
    </message>
    <message>
        <source>the engine had to stop: report the case</source>
        <translation>引擎不得不停止：请报告此情况</translation>
    </message>
    <message>
        <source>The drains in &apos;{source}&apos; cannot be used: {errors}.</source>
        <translation>“{source}”的管网无法使用：{errors}。</translation>
    </message>
    <message>
        <source>The drains in &apos;{source}&apos; could not be computed, and SWMM gives no reason: report the case.</source>
        <translation>“{source}”的管网无法计算，SWMM 未给出原因：请报告此情况。</translation>
    </message>
    <message>
        <source>and {n} more errors</source>
        <translation>以及另外 {n} 个错误</translation>
    </message>
    <message>
        <source>SWMM reports an error</source>
        <translation>SWMM 报告了错误</translation>
    </message>
    <message>
        <source>&apos;{name}&apos;, line {line}: {meaning} (SWMM error {code}: {words})</source>
        <translation>“{name}”，第 {line} 行：{meaning}（SWMM 错误 {code}：{words}）</translation>
    </message>
    <message>
        <source>line {line}: {meaning} (SWMM error {code}: {words})</source>
        <translation>第 {line} 行：{meaning}（SWMM 错误 {code}：{words}）</translation>
    </message>
    <message>
        <source>{meaning} (SWMM error {code}: {words})</source>
        <translation>{meaning}（SWMM 错误 {code}：{words}）</translation>
    </message>
    <message>
        <source>ALLOW_PONDING of &apos;{source}&apos; is switched off in the run&apos;s copy: the terrain holds the water of the street.</source>
        <translation>“{source}”的 ALLOW_PONDING 在本次运行的副本中关闭：街面积水由地形承载。</translation>
    </message>
    <message>
        <source>FLOW_ROUTING {routing} of &apos;{source}&apos; knows no backwater: the run uses DYNWAVE.</source>
        <translation>“{source}”的 FLOW_ROUTING {routing} 不能反映回水：本次运行使用 DYNWAVE。</translation>
    </message>
    <message>
        <source>The section EVENTS of &apos;{source}&apos; is left out: all of the run counts.</source>
        <translation>“{source}”的 EVENTS 节被略去：整个运行时段都计算。</translation>
    </message>
    <message>
        <source>{n} subcatchments of &apos;{source}&apos; are left out, since it rains on the terrain: DRAINS_RAIN changes that.</source>
        <translation>“{source}”的 {n} 个子汇水区被略去，因为雨落在地形上：可用 DRAINS_RAIN 更改。</translation>
    </message>
    <message>
        <source>Rules of &apos;{source}&apos; ask a rain gage, which sees no rain: with DRAINS_RAIN network or both it does.</source>
        <translation>“{source}”的规则查询雨量计，而雨量计没有降雨：DRAINS_RAIN 选 network 或 both 时才有。</translation>
    </message>
    <message>
        <source>TEMPDIR of &apos;{source}&apos; is left out: the engine writes only into the run&apos;s own folder.</source>
        <translation>“{source}”的 TEMPDIR 被略去：引擎只写入本次运行自己的文件夹。</translation>
    </message>
    <message>
        <source>SKIP_STEADY_STATE of &apos;{source}&apos; is switched off.</source>
        <translation>“{source}”的 SKIP_STEADY_STATE 已关闭。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the file &apos;{name}&apos; of &apos;{object}&apos; does not exist: put it beside the input, or correct the name.</source>
        <translation>“{source}”第 {line} 行：“{object}”的文件“{name}”不存在：请将其放在输入旁边，或更正名称。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: &apos;{words}&apos; is left out: the engine writes only into the run&apos;s own folder and starts from START.</source>
        <translation>“{source}”第 {line} 行：“{words}”被略去：引擎只写入本次运行自己的文件夹，并从 START 启动。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the inlet &apos;{name}&apos; takes a share of the flow in the street, which the terrain does not know: it was left out. Give it a curve of depth and flow (RATING).</source>
        <translation>“{source}”第 {line} 行：雨水口“{name}”按街道来流的比例截流，而地形不知道来流：已略去。请给出水深—流量曲线（RATING）。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the node &apos;{name}&apos; has inlets of several designs: all count as &apos;{design}&apos;.</source>
        <translation>“{source}”第 {line} 行：节点“{name}”有多种型式的雨水口：全部按“{design}”计。</translation>
    </message>
    <message>
        <source>open share</source>
        <translation>开孔率</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the inlet &apos;{name}&apos; needs a curve of the kind RATING with two rows or more, depth and flow: &apos;{curve}&apos; is none.</source>
        <translation>“{source}”第 {line} 行：雨水口“{name}”需要至少两行的 RATING 曲线（水深与流量）：“{curve}”不是。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the inlets in &apos;{link}&apos; name &apos;{missing}&apos;, which does not exist: correct it.</source>
        <translation>“{source}”第 {line} 行：“{link}”中的雨水口引用了不存在的“{missing}”：请更正。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: &apos;{word}&apos; is no type of grate: choose one of {types}.</source>
        <translation>“{source}”第 {line} 行：“{word}”不是雨水箅的类型：请选择 {types} 之一。</translation>
    </message>
    <message>
        <source>splash-over velocity</source>
        <translation>溅越流速</translation>
    </message>
    <message>
        <source>number of sides</source>
        <translation>侧数</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>width or height</source>
        <translation>宽度或高度</translation>
    </message>
    <message>
        <source>blocked share</source>
        <translation>堵塞比例</translation>
    </message>
    <message>
        <source>largest flow</source>
        <translation>最大流量</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: &apos;{kind}&apos; is no kind of inlet: choose GRATE, CURB, SLOTTED or CUSTOM.</source>
        <translation>“{source}”第 {line} 行：“{kind}”不是雨水口的类型：请选择 GRATE、CURB、SLOTTED 或 CUSTOM。</translation>
    </message>
    <message>
        <source>number of inlets</source>
        <translation>雨水口数量</translation>
    </message>
    <message>
        <source>flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the {what} of &apos;{name}&apos; must be a number, not &apos;{item}&apos;: correct it there.</source>
        <translation>“{source}”第 {line} 行：“{name}”的{what}必须是数字，而不是“{item}”：请在该处更正。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the {what} of &apos;{name}&apos; must be above 0, not {value:g}: correct it there.</source>
        <translation>“{source}”第 {line} 行：“{name}”的{what}必须大于 0，而不是 {value:g}：请在该处更正。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos; has no outfall, so that no water could leave its pipes: make the lowest node an outfall (section OUTFALLS, or kind outfall in the layer).</source>
        <translation>“{source}”没有排放口，管中的水无处可去：请将最低的节点设为排放口（OUTFALLS 节，或图层中的 kind 为 outfall）。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: &apos;{name}&apos; has no cross-section: add a line to the section XSECTIONS.</source>
        <translation>“{source}”第 {line} 行：“{name}”没有断面：请在 XSECTIONS 节中添加一行。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;: FLOW_UNITS is &apos;{word}&apos;: choose one of CMS, LPS, MLD, CFS, GPM, MGD.</source>
        <translation>“{source}”：FLOW_UNITS 为“{word}”：请选择 CMS、LPS、MLD、CFS、GPM、MGD 之一。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the divider &apos;{name}&apos; sends water to the link &apos;{link}&apos;, which does not exist: correct the name, or make the node a junction.</source>
        <translation>“{source}”第 {line} 行：分流节点“{name}”将水引向不存在的连接“{link}”：请更正名称，或改为普通节点。</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>偏移</translation>
    </message>
    <message>
        <source>{n} pipes of &apos;{source}&apos; rise towards their end, &apos;{name}&apos; (line {line}) most, by {rise:.2f} m: water stands in them. Make sure that their direction and levels are right.</source>
        <translation>“{source}”有 {n} 条管道向末端升高，其中“{name}”（第 {line} 行）最大，为 {rise:.2f} m：管内会积水。请确认其方向和高程正确。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the node &apos;{name}&apos; was defined in line {other} already: rename one.</source>
        <translation>“{source}”第 {line} 行：节点“{name}”已在第 {other} 行定义：请改名。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the link &apos;{name}&apos; was defined in line {other} already: rename one.</source>
        <translation>“{source}”第 {line} 行：连接“{name}”已在第 {other} 行定义：请改名。</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
    <message>
        <source>elevation</source>
        <translation>高程</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the link &apos;{name}&apos; ends at the node &apos;{end}&apos;, which does not exist: add the node, or correct the name.</source>
        <translation>“{source}”第 {line} 行：连接“{name}”的端点“{end}”不存在：请添加该节点，或更正名称。</translation>
    </message>
    <message>
        <source>kerb height</source>
        <translation>路缘石高度</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;: ROUTING_STEP &apos;{word}&apos; must be a time above 0, as 5 or 00:00:05.</source>
        <translation>“{source}”：ROUTING_STEP“{word}”必须是大于 0 的时间，如 5 或 00:00:05。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;: START_DATE &apos;{day}&apos; and START_TIME &apos;{time}&apos; must be as 12/31/2024 and 23:59:00.</source>
        <translation>“{source}”：START_DATE“{day}”和 START_TIME“{time}”的写法须如 12/31/2024 和 23:59:00。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not in UTF-8: it was read as {encoding}. Save it in UTF-8 if names look wrong.</source>
        <translation>“{name}”不是 UTF-8 编码：已按 {encoding} 读取。若名称有误，请保存为 UTF-8。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos; has no nodes: a SWMM input has them in the sections JUNCTIONS and OUTFALLS.</source>
        <translation>“{source}”没有节点：SWMM 输入的节点在 JUNCTIONS 和 OUTFALLS 节中。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; has more than 256 MB, which no SWMM input has: choose the .inp file.</source>
        <translation>“{path}”超过 256 MB，没有这么大的 SWMM 输入：请选择 .inp 文件。</translation>
    </message>
    <message>
        <source>The drains in &apos;{path}&apos; cannot be read ({reason}): choose another file.</source>
        <translation>无法读取“{path}”中的管网（{reason}）：请选择另一个文件。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}, has more than 1,024 letters, which SWMM does not read: is it a SWMM input?</source>
        <translation>“{source}”第 {line} 行超过 1,024 个字符，SWMM 不读取：它是 SWMM 输入吗？</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}, stands before the first section: the file is no SWMM input (.inp).</source>
        <translation>“{source}”第 {line} 行位于第一节之前：该文件不是 SWMM 输入（.inp）。</translation>
    </message>
    <message>
        <source>None of the {n} nodes of &apos;{source}&apos; lies on the terrain, the nearest is {distance:,.0f} m away: choose the CRS of its coordinates in DRAINS_CRS, or an EXTENT that holds them.</source>
        <translation>“{source}”的 {n} 个节点都不在地形上，最近的相距 {distance:,.0f} m：请在 DRAINS_CRS 中选择其坐标的坐标系，或选择包含它们的 EXTENT。</translation>
    </message>
    <message>
        <source>No node of &apos;{source}&apos; has coordinates, so that none can be laid on the terrain: add the section COORDINATES.</source>
        <translation>“{source}”没有一个节点有坐标，无法放到地形上：请添加 COORDINATES 节。</translation>
    </message>
    <message>
        <source>DRAINS_RAIN is both: make sure that the subcatchments of &apos;{source}&apos; do not lie where it rains on the terrain, else that rain counts twice.</source>
        <translation>DRAINS_RAIN 为 both：请确认“{source}”的子汇水区不在降雨的地形范围内，否则该雨量会重复计算。</translation>
    </message>
    <message>
        <source>{n} rows of DRAIN_INLETS name nodes that &apos;{source}&apos; does not have and are left out, such as &apos;{name}&apos;.</source>
        <translation>DRAIN_INLETS 有 {n} 行引用了“{source}”没有的节点，已略去，例如“{name}”。</translation>
    </message>
    <message>
        <source>{n} nodes of &apos;{source}&apos; have no depth: their rim is that of the terrain.</source>
        <translation>“{source}”有 {n} 个节点没有深度：其井口取地形高程。</translation>
    </message>
    <message>
        <source>{n} nodes of &apos;{source}&apos; share a cell with others: they take from the same water.</source>
        <translation>“{source}”有 {n} 个节点与其他节点在同一格网单元：它们从同一处取水。</translation>
    </message>
    <message>
        <source>{n} of the {all} coupled nodes of &apos;{source}&apos; have a rim more than {limit:g} m above or below the terrain, &apos;{name}&apos; most: {rim:.2f} m, where the terrain is at {ground:.2f} m. Make sure that both have the same datum.</source>
        <translation>“{source}”的 {all} 个耦合节点中有 {n} 个的井口高于或低于地形超过 {limit:g} m，“{name}”最大：井口 {rim:.2f} m，地形 {ground:.2f} m。请确认两者的高程基准相同。</translation>
    </message>
    <message>
        <source>The empty share of the pores must be from 0 (saturated) to 1 (dry), not {share:g}.</source>
        <translation>孔隙未充水的比例必须在 0（饱和）到 1（干）之间，而不是 {share:g}。</translation>
    </message>
    <message>
        <source>The impervious share of a land cover must be from 0 to 1, not {share:g}.</source>
        <translation>土地覆盖的不透水比例必须在 0 到 1 之间，而不是 {share:g}。</translation>
    </message>
    <message>
        <source>All classes of ground take water by the same method.</source>
        <translation>所有地面类别须采用同一种下渗方法。</translation>
    </message>
    <message>
        <source>The cells name a class of ground that is not given.</source>
        <translation>像元指向一个未给出的地面类别。</translation>
    </message>
    <message>
        <source>The cells of the ground must be those of the terrain.</source>
        <translation>地面的像元必须与地形的像元一致。</translation>
    </message>
    <message>
        <source>No cell of the terrain takes water: every class of ground is impervious.</source>
        <translation>地形上没有像元下渗：所有地面类别都不透水。</translation>
    </message>
    <message>
        <source>The conductivity of a soil must be above 0 mm/h, not {k:g}: give what takes no water an impervious share of 1.</source>
        <translation>土壤的渗透系数必须大于 0 mm/h，而不是 {k:g}：不下渗的地面请设不透水比例为 1。</translation>
    </message>
    <message>
        <source>The suction head of a soil must not be negative: {psi:g} mm.</source>
        <translation>土壤的吸力水头不得为负：{psi:g} mm。</translation>
    </message>
    <message>
        <source>The empty pores of a soil are a share of its volume, from 0 to below 1, not {deficit:g}.</source>
        <translation>土壤的未充水孔隙是体积的比例，应在 0 到 1（不含）之间，而不是 {deficit:g}。</translation>
    </message>
    <message>
        <source>Horton&apos;s capacity falls from the initial to the final rate, neither negative: {initial:g} and {final:g} mm/h cannot be used.</source>
        <translation>霍顿下渗能力由初始值降至稳定值，且均不得为负：{initial:g} 与 {final:g} mm/h 不能使用。</translation>
    </message>
    <message>
        <source>Horton&apos;s decay must be above 0 1/h and the time to dry above 0 days, not {decay:g} and {days:g}.</source>
        <translation>霍顿衰减系数必须大于 0 1/h，干燥时间必须大于 0 天，而不是 {decay:g} 和 {days:g}。</translation>
    </message>
    <message>
        <source>A curve number is above 0 and at most 100, not {number:g}.</source>
        <translation>曲线数应大于 0 且不超过 100，而不是 {number:g}。</translation>
    </message>
    <message>
        <source>The time to dry must be above 0 days, not {days:g}.</source>
        <translation>干燥时间必须大于 0 天，而不是 {days:g}。</translation>
    </message>
    <message>
        <source>Line {line} of the table &apos;{path}&apos; has a text where a number is needed ({error}): correct it.</source>
        <translation>表“{path}”第 {line} 行在需要数字处是文本（{error}）：请更正。</translation>
    </message>
    <message>
        <source>{first} and {second} are both given: choose one of them.</source>
        <translation>{first} 和 {second} 同时给出：请只选其一。</translation>
    </message>
    <message>
        <source>{names} are all given: choose one of them.</source>
        <translation>{names} 同时给出：请只选其一。</translation>
    </message>
    <message>
        <source>GAUGE_RAIN needs the places of its gauges: choose their point layer in GAUGES.</source>
        <translation>GAUGE_RAIN 需要雨量站的位置：请在 GAUGES 中选择其点图层。</translation>
    </message>
    <message>
        <source>The run ends after {end:g} min, before the rain does ({rain:g} min): what falls later is left out. Give a longer DURATION_MIN, or leave it empty.</source>
        <translation>模拟在 {end:g} min 结束，早于降雨结束（{rain:g} min）：之后的降雨不计。请加长 DURATION_MIN，或留空。</translation>
    </message>
    <message>
        <source>{source} has none of the fields {names}: name one so.</source>
        <translation>{source} 没有字段 {names} 中的任何一个：请按此命名一个字段。</translation>
    </message>
    <message>
        <source>{points} and {table} have no field in common that names the gauge: give both a field gauge (one of {names}).</source>
        <translation>{points} 和 {table} 没有共同的站名字段：请为两者都加上字段 gauge（或 {names} 之一）。</translation>
    </message>
    <message>
        <source>RAIN_START is no date with a time: &apos;{text}&apos;. Write it as 2026-06-01T08:00+08:00.</source>
        <translation>RAIN_START 不是日期时间：“{text}”。请写作 2026-06-01T08:00+08:00。</translation>
    </message>
    <message>
        <source>GAUGES is empty: choose the point layer of the gauges.</source>
        <translation>GAUGES 为空：请选择雨量站点图层。</translation>
    </message>
    <message>
        <source>the run starts at {moment}</source>
        <translation>模拟开始于 {moment}</translation>
    </message>
    <message>
        <source>{source} has several properties and none of them is rain by its name: {names}. Keep the rows of the rain.</source>
        <translation>{source} 含多个观测要素，名称中均无降雨：{names}。请只保留降雨的行。</translation>
    </message>
    <message>
        <source>{source} has values without a unit: add a field unit (mm or mm/h), or name the values depth_mm or intensity_mm_h.</source>
        <translation>{source} 的数值没有单位：请添加字段 unit（mm 或 mm/h），或将数值字段命名为 depth_mm 或 intensity_mm_h。</translation>
    </message>
    <message>
        <source>{source} has no gauge with a place and a name.</source>
        <translation>{source} 中没有既有位置又有名称的雨量站。</translation>
    </message>
    <message>
        <source>RAIN_START has no effect: the times of {source} are minutes.</source>
        <translation>RAIN_START 不起作用：{source} 的时间为分钟数。</translation>
    </message>
    <message>
        <source>Gauges</source>
        <translation>雨量站</translation>
    </message>
    <message>
        <source>Rows of rain</source>
        <translation>降雨行数</translation>
    </message>
    <message>
        <source>Gauge {gauge} of {source} has several places: give each gauge a name of its own in the field {field}.</source>
        <translation>{source} 的雨量站 {gauge} 有多个位置：请在字段 {field} 中为每个站给出各自的名称。</translation>
    </message>
    <message>
        <source>{n} points of {source} have no place or no name and are left out.</source>
        <translation>{source} 有 {n} 个点没有位置或名称，不予采用。</translation>
    </message>
    <message>
        <source>The cells of the rain must be those of the terrain.</source>
        <translation>降雨的单元必须与地形的单元一致。</translation>
    </message>
    <message>
        <source>Each gauge needs a place, and each interval a depth for each gauge.</source>
        <translation>每个雨量站须有位置，每个时段须有各站的雨量。</translation>
    </message>
    <message>
        <source>The intervals of the gauges&apos; rain must rise from above 0.</source>
        <translation>雨量站的时段须从 0 以上递增。</translation>
    </message>
    <message>
        <source>The rain of a gauge must not be negative (mm).</source>
        <translation>雨量站的雨量不得为负（mm）。</translation>
    </message>
    <message>
        <source>gauge {gauge} of {source}</source>
        <translation>{source} 的雨量站 {gauge}</translation>
    </message>
    <message>
        <source>Gauge {gauge} of {source}: {reason}</source>
        <translation>{source} 的雨量站 {gauge}：{reason}</translation>
    </message>
    <message>
        <source>No row of {source} belongs to a gauge of the layer: the gauges are {gauges}, the rows name {named}.</source>
        <translation>{source} 中没有一行属于图层的雨量站：图层中有 {gauges}，表中为 {named}。</translation>
    </message>
    <message>
        <source>No row of {source} is later than the start of the run: check RAIN_START.</source>
        <translation>{source} 中没有一行晚于模拟开始时刻：请检查 RAIN_START。</translation>
    </message>
    <message>
        <source>RAIN_START and the times of {source} must both have a time zone, or none: write 2026-06-01T08:00+08:00, or leave the zone out in both.</source>
        <translation>RAIN_START 与 {source} 的时间须同时带时区或同时不带：请写作 2026-06-01T08:00+08:00，或两者都不写时区。</translation>
    </message>
    <message>
        <source>The gauges of {source} have {intervals} different steps: choose fewer rows or gauges, or longer steps.</source>
        <translation>{source} 的雨量站共有 {intervals} 个不同时段：请减少行数或站数，或加长时段。</translation>
    </message>
    <message>
        <source>Gauges without a value are left out: {gauges}.</source>
        <translation>没有数值的雨量站不予采用：{gauges}。</translation>
    </message>
    <message>
        <source>All gauges are more than {limit:g} km from the terrain, the nearest {km:.0f} km: check the CRS of the gauges.</source>
        <translation>所有雨量站距地形都超过 {limit:g} km，最近的为 {km:.0f} km：请检查雨量站的坐标系。</translation>
    </message>
    <message>
        <source>Gauge {gauge} is {km:.0f} km from the terrain: make sure that its place is right.</source>
        <translation>雨量站 {gauge} 距地形 {km:.0f} km：请确认其位置是否正确。</translation>
    </message>
    <message>
        <source>{rows} rows end before the run starts and are left out.</source>
        <translation>{rows} 行的时段在模拟开始前结束，不予采用。</translation>
    </message>
    <message>
        <source>{rows} rows of {source} belong to gauges that the layer does not have, and are left out: {gauges}.</source>
        <translation>{source} 有 {rows} 行所属的雨量站不在图层中，不予采用：{gauges}。</translation>
    </message>
    <message>
        <source>{rows} rows of {source} have no time and are left out.</source>
        <translation>{source} 有 {rows} 行没有时间，不予采用。</translation>
    </message>
    <message>
        <source>Gauge {gauge} of {source} has the time {moment} more than once: give one row for each step.</source>
        <translation>{source} 的雨量站 {gauge} 在 {moment} 有多行：每个时段只给一行。</translation>
    </message>
    <message>
        <source>Gauge {gauge} of {source} has a negative rain at {moment} ({value:g}): leave the value empty where the gauge measured nothing.</source>
        <translation>{source} 的雨量站 {gauge} 在 {moment} 的雨量为负（{value:g}）：没有观测时请将数值留空。</translation>
    </message>
    <message>
        <source>Some gauges have no value for a part of the {minutes:g} min, in which the gauges around them take over: {gauges}.</source>
        <translation>部分雨量站在 {minutes:g} min 中有缺测，缺测时由周围的雨量站代替：{gauges}。</translation>
    </message>
    <message>
        <source>No gauge has a value for {minutes:g} min, first from {moment} on: no rain falls then.</source>
        <translation>有 {minutes:g} min 所有雨量站均无数值，最早自 {moment} 起：此时按无雨计。</translation>
    </message>
    <message>
        <source>{source} has times in minutes and dates: give all rows the one or the other.</source>
        <translation>{source} 的时间既有分钟数又有日期：请统一采用一种。</translation>
    </message>
    <message>
        <source>{source} has times with a time zone and times without: write all as 2026-06-01T08:00+08:00, or none.</source>
        <translation>{source} 的时间有的带时区、有的不带：请全部写作 2026-06-01T08:00+08:00，或都不带时区。</translation>
    </message>
    <message>
        <source>The time &apos;{value}&apos; of {source} is neither a number of minutes nor a date as 2026-06-01T08:00: correct the row.</source>
        <translation>{source} 的时间“{value}”既不是分钟数，也不是 2026-06-01T08:00 形式的日期：请更正该行。</translation>
    </message>
    <message>
        <source>The unit &apos;{unit}&apos; of {source} is none of rain that is known: {known}.</source>
        <translation>{source} 的单位“{unit}”不是已知的降雨单位：{known}。</translation>
    </message>
    <message>
        <source>It needs inflow (id or name of the polygon), time_min (minutes) or time (moments), and flow_m3s.</source>
        <translation>需要 inflow（多边形的编号或名称）、time_min（分钟）或 time（时刻），以及 flow_m3s。</translation>
    </message>
    <message>
        <source>{n} rows of &apos;{table}&apos; name no inflow: give each the id or the name of its polygon in the column inflow.</source>
        <translation>“{table}”有 {n} 行没有指明入流：请在列 inflow 中给出其多边形的编号或名称。</translation>
    </message>
    <message>
        <source>The inflow &apos;{name}&apos; of &apos;{layer}&apos; has no row in INFLOW_TABLE and no flow_m3s: give it one of them.</source>
        <translation>“{layer}”的入流“{name}”在 INFLOW_TABLE 中没有行，也没有 flow_m3s：请给出其一。</translation>
    </message>
    <message>
        <source>{volume:,.0f} m³ between their first and last times</source>
        <translation>首末时刻之间共 {volume:,.0f} m³</translation>
    </message>
    <message>
        <source>INFLOW_TABLE needs INFLOWS: the polygons into which the water flows.</source>
        <translation>INFLOW_TABLE 需要 INFLOWS，即水流入的多边形。</translation>
    </message>
    <message>
        <source>the inflow &apos;{name}&apos;</source>
        <translation>入流“{name}”</translation>
    </message>
    <message>
        <source>Rows of INFLOW_TABLE</source>
        <translation>INFLOW_TABLE 的行</translation>
    </message>
    <message>
        <source>INFLOW_TABLE has rows of inflows that INFLOWS lacks: {names}.</source>
        <translation>INFLOW_TABLE 中有 INFLOWS 里不存在的入流：{names}。</translation>
    </message>
    <message>
        <source>INFLOW_TABLE has a discharge of {flow:g} m³/s, as of a great river: make sure of its unit.</source>
        <translation>INFLOW_TABLE 中有 {flow:g} m³/s 的流量，如同大江大河：请确认其单位。</translation>
    </message>
    <message>
        <source>The table &apos;{source}&apos; lacks a column of times or of values. {cure}</source>
        <translation>表“{source}”缺少时间列或数值列。{cure}</translation>
    </message>
    <message>
        <source>The column {column} of &apos;{source}&apos; has numbers: name it time_min and give minutes, or give moments such as 2026-06-08T14:00:00Z.</source>
        <translation>“{source}”的列 {column} 为数字：请改名为 time_min 并以分钟给出，或给出如 2026-06-08T14:00:00Z 的时刻。</translation>
    </message>
    <message>
        <source>It needs time_min (minutes) or time (moments), level_m or level_cm, and may have side.</source>
        <translation>需要 time_min（分钟）或 time（时刻）、level_m 或 level_cm，可以有 side。</translation>
    </message>
    <message>
        <source>The column {column} of &apos;{table}&apos; names another datum, and its levels count as above the terrain&apos;s: give TIDE_DATUM_M, the height of the tide&apos;s zero above the terrain&apos;s datum.</source>
        <translation>“{table}”的列 {column} 指的是另一基准面，而其水位按地形的基准面计：请给出 TIDE_DATUM_M，即潮位零点高出地形高程基准的高度。</translation>
    </message>
    <message>
        <source>The level of &apos;{table}&apos; changes by {rate:.3g} m/h: make sure that its times are minutes and its levels metres.</source>
        <translation>“{table}”的水位变化达 {rate:.3g} m/h：请确认其时间为分钟、水位为米。</translation>
    </message>
    <message>
        <source>Levels over time in the {side}</source>
        <translation>{side} 侧的水位过程</translation>
    </message>
    <message>
        <source>TIDE is given, but no edge takes its level from it: set BOUNDARY_… of the sea's side to level, and leave its LEVEL_…_M empty.</source>
        <translation>给出了 TIDE，但没有边界采用它的水位：请将海侧的 BOUNDARY_… 设为 level，并将其 LEVEL_…_M 留空。</translation>
    </message>
    <message>
        <source>The side &apos;{text}&apos; of &apos;{table}&apos; is none: write north, east, south or west.</source>
        <translation>“{table}”中的“{text}”不是边：请写 north、east、south 或 west。</translation>
    </message>
    <message>
        <source>{low:g} to {high:g} m, highest at {peak:g} min, from {first:g} to {last:g} min, constant before and after</source>
        <translation>{low:g} 至 {high:g} m，最高在 {peak:g} min，从 {first:g} 至 {last:g} min，其前后不变</translation>
    </message>
    <message>
        <source>TIDE has levels for the {side}: set BOUNDARY_{name} to level and leave LEVEL_{name}_M empty.</source>
        <translation>TIDE 含有 {side} 侧的水位：请将 BOUNDARY_{name} 设为 level，并将 LEVEL_{name}_M 留空。</translation>
    </message>
    <message>
        <source>0 min is {moment}</source>
        <translation>0 min 为 {moment}</translation>
    </message>
    <message>
        <source>TIDE_DATUM_M and TIDE_PEAK_MIN have no effect without TIDE.</source>
        <translation>没有 TIDE 时 TIDE_DATUM_M 和 TIDE_PEAK_MIN 不起作用。</translation>
    </message>
    <message>
        <source>The times of a level must rise and each must have its level.</source>
        <translation>水位的时间必须递增，且每个时间须有水位。</translation>
    </message>
    <message>
        <source>A level over time must have a number for each of its times (m).</source>
        <translation>水位过程在每个时间都须有数值（m）。</translation>
    </message>
    <message>
        <source>The level over time in the {side} goes from {low:g} to {high:g} m, and the lowest ground of that edge is at {ground:.3g} m: it is perhaps above another datum. Give TIDE_DATUM_M, the height of its zero above the terrain&apos;s datum.</source>
        <translation>{side} 侧的水位过程为 {low:g} 至 {high:g} m，而该边界最低地面为 {ground:.3g} m：它可能采用另一基准面。请给出 TIDE_DATUM_M，即其零点高出地形高程基准的高度。</translation>
    </message>
    <message>
        <source>The level over time in the {side} rises to {high:g} m and stays below the lowest ground of that edge, {ground:.3g} m: no water enters there, it only leaves.</source>
        <translation>{side} 侧的水位过程最高为 {high:g} m，始终低于该边界的最低地面 {ground:.3g} m：那里没有水流入，只有流出。</translation>
    </message>
    <message>
        <source>{source} has no row with a time and a value.</source>
        <translation>{source} 没有同时含时间和数值的行。</translation>
    </message>
    <message>
        <source>{source} has the time {minutes:g} min twice, with {first:g} and {second:g}: keep one of the rows.</source>
        <translation>{source} 中时间 {minutes:g} min 出现两次，数值为 {first:g} 和 {second:g}：请保留其中一行。</translation>
    </message>
    <message>
        <source>{source} has {n} gaps, the longest of {minutes:g} min: values are linear over them</source>
        <translation>{source} 有 {n} 处缺测，最长 {minutes:g} min：其间按线性变化</translation>
    </message>
    <message>
        <source>{source} has the time &apos;{time}&apos;, which is neither a number of minutes nor a moment such as 2026-06-08T14:00:00Z, as all its times must be.</source>
        <translation>{source} 中的时间“{time}”既不是分钟数，也不是如 2026-06-08T14:00:00Z 的时刻，而其所有时间须为其一。</translation>
    </message>
    <message>
        <source>{source} has &apos;{value}&apos; where a number is needed: correct it.</source>
        <translation>{source} 在需要数字处为“{value}”：请更正。</translation>
    </message>
    <message>
        <source>the rows of {source} were put into the order of time</source>
        <translation>{source} 的行已按时间排序</translation>
    </message>
    <message>
        <source>The worker that computed it failed ({reason}).</source>
        <translation>计算该方案的工作进程失败（{reason}）。</translation>
    </message>
    <message>
        <source>{n} runs at a time instead of {wanted}: {cores} cores are shared by {threads} threads each.</source>
        <translation>同时计算 {n} 个方案，而不是 {wanted} 个：{cores} 个核心由每个方案的 {threads} 个线程分用。</translation>
    </message>
    <message>
        <source>Another run of the ensemble works in &apos;{folder}&apos;: wait for its end, or choose another folder.</source>
        <translation>另一次方案集计算正在使用“{folder}”：请等待其结束，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>{n} runs at a time: more do not fit into the memory.</source>
        <translation>同时计算 {n} 个方案：内存容不下更多。</translation>
    </message>
    <message>
        <source>{name} is &apos;{value}&apos;, which is no raster that other processes can read: export it to GeoTIFF and choose that.</source>
        <translation>{name} 为“{value}”，其他进程无法读取该栅格：请导出为 GeoTIFF 后选择。</translation>
    </message>
    <message>
        <source>{name} is &apos;{value}&apos;, which is no layer or file that can be read.</source>
        <translation>{name} 为“{value}”，不是可读取的图层或文件。</translation>
    </message>
    <message>
        <source>{name} is &apos;{path}&apos;, which is no file.</source>
        <translation>{name} 为“{path}”，该文件不存在。</translation>
    </message>
    <message>
        <source>The folder &apos;{folder}&apos; also holds files that are not of the run ({names}) and is left as it is: move them to another place.</source>
        <translation>文件夹“{folder}”中还有不属于该方案的文件（{names}），因此保持原样：请将其移到别处。</translation>
    </message>
    <message>
        <source>{n} runs have other cells than &apos;{first}&apos; and are in no map of all runs: {names}.</source>
        <translation>{n} 个方案的网格与“{first}”不同，未计入汇总图：{names}。</translation>
    </message>
    <message>
        <source>It has other cells than the run that it is compared with: &apos;{folder}&apos;.</source>
        <translation>其网格与被比较的方案不同：“{folder}”。</translation>
    </message>
    <message>
        <source>The depths in &apos;{folder}&apos; cannot be read ({reason}).</source>
        <translation>无法读取“{folder}”中的水深（{reason}）。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be read ({reason}): remove the folder of that run and start again.</source>
        <translation>无法读取“{path}”（{reason}）：请删除该方案的文件夹后重新开始。</translation>
    </message>
    <message>
        <source>its files have changed or are missing: {names}</source>
        <translation>其文件已改变或缺失：{names}</translation>
    </message>
    <message>
        <source>changed since it was computed: {names}</source>
        <translation>计算之后已改变：{names}</translation>
    </message>
    <message>
        <source>BASELINE is &apos;{name}&apos;, which is no run of RUNS.</source>
        <translation>BASELINE 为“{name}”，RUNS 中没有该方案。</translation>
    </message>
    <message>
        <source>OPENINGS need BUILDINGS, to which they belong: choose both, or leave OPENINGS empty.</source>
        <translation>OPENINGS 需要其所属的 BUILDINGS：请同时选择两者，或将 OPENINGS 留空。</translation>
    </message>
    <message>
        <source>The worker does not see the folder &apos;{folder}&apos;: choose a folder that all workers share, under the same path.</source>
        <translation>工作进程看不到文件夹“{folder}”：请选择所有工作进程以同一路径共享的文件夹。</translation>
    </message>
    <message>
        <source>No process can be started for a run ({reason}).</source>
        <translation>无法为方案启动进程（{reason}）。</translation>
    </message>
    <message>
        <source>The table RUNS has the unknown column &apos;{name}&apos;: do you mean &apos;{like}&apos;?</source>
        <translation>表 RUNS 有未知的列“{name}”：是否指“{like}”？</translation>
    </message>
    <message>
        <source>The table RUNS has no rows: give a row for each run.</source>
        <translation>表 RUNS 没有行：请为每个方案给出一行。</translation>
    </message>
    <message>
        <source>The table RUNS has {n:,} rows, more than {most:,}: split it into several.</source>
        <translation>表 RUNS 有 {n:,} 行，超过 {most:,} 行：请拆分为多个表。</translation>
    </message>
    <message>
        <source>The table RUNS has no column &apos;name&apos;: give each run a name. It has: {names}.</source>
        <translation>表 RUNS 没有“name”列：请为每个方案命名。现有列：{names}。</translation>
    </message>
    <message>
        <source>The table RUNS has the unknown column &apos;{name}&apos;. There are: {names}.</source>
        <translation>表 RUNS 有未知的列“{name}”。可用的列：{names}。</translation>
    </message>
    <message>
        <source>Row {number} of RUNS has no name: give each run one.</source>
        <translation>RUNS 的第 {number} 行没有名称：请为每个方案命名。</translation>
    </message>
    <message>
        <source>Row {number} of RUNS has the name &apos;{name}&apos;, which cannot be that of a folder: {problem}.</source>
        <translation>RUNS 第 {number} 行的名称“{name}”不能作为文件夹名：{problem}。</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; has the probability {value:g}: give one from 0 to 1.</source>
        <translation>方案“{name}”的概率为 {value:g}：请给出 0 到 1 之间的值。</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; has a return period or a cost that is not above 0: correct it in RUNS.</source>
        <translation>方案“{name}”的重现期或费用不大于 0：请在 RUNS 中更正。</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; has &apos;{text}&apos; in the column {column}: give a number.</source>
        <translation>方案“{name}”的 {column} 列为“{text}”：请给出数字。</translation>
    </message>
    <message>
        <source>The table RUNS has the column &apos;{name}&apos; twice: remove one of them.</source>
        <translation>表 RUNS 中“{name}”列出现两次：请删除其中之一。</translation>
    </message>
    <message>
        <source>Rows {first} and {second} of RUNS have one name, &apos;{name}&apos;: give each run its own.</source>
        <translation>RUNS 的第 {first} 行和第 {second} 行同名（“{name}”）：请为每个方案取不同的名称。</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; is compared with &apos;{baseline}&apos;, which is no run of RUNS.</source>
        <translation>方案“{name}”与“{baseline}”比较，但 RUNS 中没有该方案。</translation>
    </message>
    <message>
        <source>{n} runs with equal weights: the share of the runs, no probability in a year</source>
        <translation>{n} 个方案权重相等：为方案所占比例，不是年概率</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; has no {column}, others have: give all runs one, or none.</source>
        <translation>方案“{name}”没有 {column}，而其他方案有：请全部给出，或全部留空。</translation>
    </message>
    <message>
        <source>{n} runs by their probabilities, {total:.4g} in all</source>
        <translation>{n} 个方案按其概率计，合计 {total:.4g}</translation>
    </message>
    <message>
        <source>{n} runs by their return periods: the probability in a year, at most {total:.4g}</source>
        <translation>{n} 个方案按其重现期计：为年概率，最大 {total:.4g}</translation>
    </message>
    <message>
        <source>The probabilities of RUNS add up to {total:.4g}, more than 1: correct the column probability.</source>
        <translation>RUNS 的概率合计为 {total:.4g}，大于 1：请更正 probability 列。</translation>
    </message>
    <message>
        <source>The table RUNS cannot be read: choose a table with a row for each run.</source>
        <translation>无法读取表 RUNS：请选择每个方案占一行的表。</translation>
    </message>
    <message>
        <source>FOLDER is empty: choose a folder for the runs.</source>
        <translation>FOLDER 为空：请为方案选择文件夹。</translation>
    </message>
    <message>
        <source>Its design storm cannot be made: {reason}</source>
        <translation>无法生成其设计暴雨：{reason}</translation>
    </message>
    <message>
        <source>{n:,} cells have data in some runs and none in others: there the greatest depth is that of the runs with data, and EXCEEDANCE has none.</source>
        <translation>{n:,} 个网格单元在部分方案中有数据、在其他方案中没有：此处的最大水深取有数据的方案，EXCEEDANCE 无数据。</translation>
    </message>
    <message>
        <source>EXCEEDANCE lacks the runs that are not finished: probabilities are too low.</source>
        <translation>EXCEEDANCE 缺少未完成的方案：概率偏低。</translation>
    </message>
    <message>
        <source>Runs in the maps</source>
        <translation>汇总图中的方案</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; is not finished.</source>
        <translation>方案“{name}”未完成。</translation>
    </message>
    <message>
        <source>No run is finished: there are no maps of all runs.</source>
        <translation>没有已完成的方案：没有汇总图。</translation>
    </message>
    <message>
        <source>Runs compared</source>
        <translation>已比较的方案</translation>
    </message>
    <message>
        <source>Runs of RUNS</source>
        <translation>RUNS 中的方案</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; failed: {reason}</source>
        <translation>方案“{name}”失败：{reason}</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; is finished after {seconds:.1f} s.</source>
        <translation>方案“{name}”已完成，用时 {seconds:.1f} 秒。</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; is computed again: {why}.</source>
        <translation>方案“{name}”将重新计算：{why}。</translation>
    </message>
    <message>
        <source>The layer of structures &apos;{source}&apos; has no field kind: give the kind of each structure, such as wall, culvert or pump.</source>
        <translation>构筑物图层“{source}”没有字段 kind：请填写每个构筑物的类型，如 wall（墙）、culvert（涵洞）或 pump（泵）。</translation>
    </message>
    <message>
        <source>without geometry: {n}</source>
        <translation>无几何图形：{n}</translation>
    </message>
    <message>
        <source>Structures</source>
        <translation>构筑物</translation>
    </message>
    <message>
        <source>Structure {name} (bridge): soffit_m ({soffit:g}) must be below deck_m ({deck:g}).</source>
        <translation>构筑物 {name}（桥）：梁底高程 soffit_m（{soffit:g}）必须低于桥面高程 deck_m（{deck:g}）。</translation>
    </message>
    <message>
        <source>Structure {name} (bridge): the piers ({piers:g} m) fill the opening of {width:g} m. Give width_m, or mend piers_m.</source>
        <translation>构筑物 {name}（桥）：桥墩总宽（{piers:g} m）占满了 {width:g} m 的过水孔宽。请填写 width_m，或更正 piers_m。</translation>
    </message>
    <message>
        <source>Structure {name} (bridge): deck_m is {deck:g} m, but the ground below the line is at {low:g} to {high:g} m. Give the levels in metres above the terrain&apos;s datum.</source>
        <translation>构筑物 {name}（桥）：deck_m 为 {deck:g} m，而线下地面高程为 {low:g} 至 {high:g} m。请按地形的高程基准以米填写高程。</translation>
    </message>
    <message>
        <source>Structure {name} (bridge): the ground on its sides, {low:g} m and more, is not below its soffit_m of {soffit:g} m. Mend soffit_m, or draw the line across the channel.</source>
        <translation>构筑物 {name}（桥）：两侧地面（{low:g} m 及以上）不低于梁底高程 soffit_m（{soffit:g} m）。请更正 soffit_m，或将线横跨河道绘制。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): {field} is {value}, not a number from {least:g} to {most:g} {unit}. Check the value and its unit.</source>
        <translation>构筑物 {name}（{kind}）：{field} 为 {value}，不是 {least:g} 至 {most:g} {unit} 之间的数。请检查数值及其单位。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): {field} is &apos;{value}&apos;; give yes or no.</source>
        <translation>构筑物 {name}（{kind}）：{field} 为“{value}”；请填写 yes（是）或 no（否）。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}) has no {field}: give {meaning} ({unit}).</source>
        <translation>构筑物 {name}（{kind}）缺少 {field}：请填写（{meaning}，{unit}）。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}) needs one of these and not more: {fields}.</source>
        <translation>构筑物 {name}（{kind}）需要且只能填写以下之一：{fields}。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): {field} is {level:g} m, {far:.0f} m from the ground there ({ground:g} m). Give it in metres above the terrain&apos;s datum.</source>
        <translation>构筑物 {name}（{kind}）：{field} 为 {level:g} m，与当地地面（{ground:g} m）相差 {far:.0f} m。请按地形的高程基准以米填写。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): {lower} ({low:g}) must be below {higher} ({high:g}).</source>
        <translation>构筑物 {name}（{kind}）：{lower}（{low:g}）必须小于 {higher}（{high:g}）。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): open_level_m and close_level_m are the same: give two levels, between which the gate stays as it is.</source>
        <translation>构筑物 {name}（{kind}）：open_level_m 与 close_level_m 相同：请填写两个水位，闸门在两者之间保持原状态。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): pump_curve is '{text}'. Give pairs of lift in m and flow in m³/s with rising lifts, such as 0:1.2; 3:0.9; 6:0.</source>
        <translation>构筑物 {name}（{kind}）：pump_curve 为“{text}”。请填写扬程（m）与流量（m³/s）的数对，扬程递增，如 0:1.2; 3:0.9; 6:0。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}) falls {fall:g} m over a length of {length:g} m: check inlet_invert_m, outlet_invert_m and length_m.</source>
        <translation>构筑物 {name}（{kind}）在 {length:g} m 长度内下降 {fall:g} m：请检查 inlet_invert_m、outlet_invert_m 和 length_m。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}) needs one line: along the crest of a wall, kerb or levee, from abutment to abutment of a bridge, from the inlet to the outlet of all others. Only a pump may be a point.</source>
        <translation>构筑物 {name}（{kind}）需要一条线：墙、路缘石或堤沿顶线绘制，桥从一侧桥台到另一侧桥台，其他类型从进口到出口。只有泵可以是点。</translation>
    </message>
    <message>
        <source>{kind}: {n}</source>
        <translation>{kind}：{n}</translation>
    </message>
    <message>
        <source>{field} of {n} {kind} by default</source>
        <translation>{n} 个 {kind} 的 {field} 取默认值</translation>
    </message>
    <message>
        <source>raised cells: {cells:,}, {area:,.0f} m²</source>
        <translation>抬高的单元：{cells:,} 个，{area:,.0f} m²</translation>
    </message>
    <message>
        <source>Fields that the kind of a structure does not read have values and no effect: {fields}.</source>
        <translation>以下字段有值，但该类型的构筑物不读取，不起作用：{fields}。</translation>
    </message>
    <message>
        <source>Structures left out: {n}, because a line or an end of it lies outside the terrain, where that has no data, or more than two cells inside a building or wall ({names}). Move them; a pump that moves water out of the area is a point.</source>
        <translation>略去的构筑物：{n} 个，因为线或其端点位于地形之外、无数据处，或在建筑、墙内超过两个单元（{names}）。请移动它们；向区外排水的泵用点表示。</translation>
    </message>
    <message>
        <source>Structures left out: {n}, because both ends lie in the same cells of {cell:g} m ({names}). Draw them longer, or choose a smaller CELL_SIZE.</source>
        <translation>略去的构筑物：{n} 个，因为两端位于相同的 {cell:g} m 单元内（{names}）。请将其画长，或选择更小的 CELL_SIZE。</translation>
    </message>
    <message>
        <source>{n} walls, kerbs and levees stand as rows of whole cells, {cell:g} m wide, whatever their own width.</source>
        <translation>{n} 个墙、路缘石和堤按整单元成排抬高，宽 {cell:g} m，与其自身宽度无关。</translation>
    </message>
    <message>
        <source>Walls, kerbs and levees without effect: {n}, as their crest is nowhere above the ground ({names}).</source>
        <translation>不起作用的墙、路缘石和堤：{n} 个，其顶面处处不高于地面（{names}）。</translation>
    </message>
    <message>
        <source>Kerbs lower than the ground differs from cell to cell: {n} ({names}). What they hold back is not reliable.</source>
        <translation>低于相邻单元地面起伏的路缘石：{n} 个（{names}）。其挡水作用不可靠。</translation>
    </message>
    <message>
        <source>Culverts whose bottom is more than {deep:g} m above or below the ground of the cell at an end: {n} ({names}). Check inlet_invert_m and outlet_invert_m, and whether the terrain has the ditches.</source>
        <translation>洞底高于或低于端点单元地面超过 {deep:g} m 的涵洞：{n} 个（{names}）。请检查 inlet_invert_m 和 outlet_invert_m，以及地形中是否有沟渠。</translation>
    </message>
    <message>
        <source>Culverts that rise from the start of the line to its end: {n} ({names}). Check that the line is drawn from the inlet to the outlet.</source>
        <translation>从线的起点到终点上坡的涵洞：{n} 个（{names}）。请确认线是从进口画到出口。</translation>
    </message>
    <message>
        <source>Weirs, gates and orifices with no ground or wall between their ends that is higher than they are: {n} ({names}). Water passes there over the terrain as well: draw a wall across.</source>
        <translation>两端之间没有高于自身的地面或墙的堰、闸和孔口：{n} 个（{names}）。水还会从地面流过：请在此处画一道墙。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}) has both crest_m and height_m: leave one of them empty.</source>
        <translation>构筑物 {name}（{kind}）同时填写了 crest_m 和 height_m：请将其中之一留空。</translation>
    </message>
    <message>
        <source>Structure {name} ({kind}): its crest of {crest:g} m is {above:.0f} m above the highest ground below it. Give crest_m in metres above the terrain&apos;s datum.</source>
        <translation>构筑物 {name}（{kind}）：其顶高程 {crest:g} m 比其下最高地面高出 {above:.0f} m。请按地形的高程基准以米填写 crest_m。</translation>
    </message>
    <message>
        <source>Structure {name}: the kind &apos;{word}&apos; is unknown. Give kerb, wall, levee, barrier, culvert, bridge, weir, pump, gate or orifice, or one of the words of the manual&apos;s table of kinds.</source>
        <translation>构筑物 {name}：类型“{word}”未知。请填写路缘石、围墙、堤防、挡水板、涵洞、桥、堰、泵、闸门或孔口，或手册类型表中的其他词。</translation>
    </message>
    <message>
        <source>Structure {name}: the inlet &apos;{word}&apos; is none of a {shape} culvert. Choose one of: {known}.</source>
        <translation>构筑物 {name}：进口“{word}”不适用于 {shape} 涵洞。请选择：{known}。</translation>
    </message>
    <message>
        <source>outside the terrain, without a capacity or covered by others: {n}</source>
        <translation>在地形之外、没有能力值或被其他面覆盖：{n}</translation>
    </message>
    <message>
        <source>{rate:.1f} mm/h, of a storm of {period:g} years</source>
        <translation>{rate:.1f} mm/h，对应 {period:g} 年一遇降雨</translation>
    </message>
    <message>
        <source>The layer &apos;{source}&apos; of drained areas has neither the field capacity_mm_h nor return_period: add one.</source>
        <translation>排水分区图层“{source}”既没有字段 capacity_mm_h 也没有 return_period：请添加其一。</translation>
    </message>
    <message>
        <source>No area of &apos;{source}&apos; with a capacity covers a cell of the terrain: check the layer and its CRS.</source>
        <translation>“{source}”中没有带能力值的面覆盖地形单元：请检查图层及其坐标系。</translation>
    </message>
    <message>
        <source>Area {number} of &apos;{source}&apos; has a negative capacity_mm_h: correct it.</source>
        <translation>“{source}”的第 {number} 个面的 capacity_mm_h 为负：请更正。</translation>
    </message>
    <message>
        <source>DRAIN_CAPACITY_MM_H and DRAIN_RETURN_PERIOD are both given: choose one of them.</source>
        <translation>DRAIN_CAPACITY_MM_H 和 DRAIN_RETURN_PERIOD 同时给出：请只选其一。</translation>
    </message>
    <message>
        <source>Drained areas</source>
        <translation>排水分区</translation>
    </message>
    <message>
        <source>Capacity of the drains</source>
        <translation>管网排水能力</translation>
    </message>
    <message>
        <source>Fields read of &apos;{layer}&apos;: {fields}.</source>
        <translation>从“{layer}”读取的字段：{fields}。</translation>
    </message>
    <message>
        <source>without a node or an inlet: {n}</source>
        <translation>没有节点或雨水口：{n}</translation>
    </message>
    <message>
        <source>DRAINS and layers of drains are both given: choose the .inp or NODES and CONDUITS.</source>
        <translation>DRAINS 和管网图层同时给出：请选择 .inp，或 NODES 和 CONDUITS。</translation>
    </message>
    <message>
        <source>Drains from layers need both NODES (points) and CONDUITS (lines): choose the other one, too.</source>
        <translation>来自图层的管网同时需要 NODES（点）和 CONDUITS（线）：请也选择另一个。</translation>
    </message>
    <message>
        <source>{n} features of &apos;{layer}&apos; have several parts that do not meet: the longest counts.</source>
        <translation>“{layer}”有 {n} 个要素由互不相接的多部分组成：取最长的部分。</translation>
    </message>
    <message>
        <source>The table &apos;{layer}&apos; of inlets needs the fields id (of the node) and inlet (kind): add them, or name them in DRAIN_FIELDS.</source>
        <translation>雨水口表“{layer}”需要字段 id（节点）和 inlet（类型）：请添加，或在 DRAIN_FIELDS 中指明。</translation>
    </message>
    <message>
        <source>{names} tell of a network of drains, and the run has none: choose DRAINS, or NODES and CONDUITS, or leave them empty.</source>
        <translation>{names} 说明管网的情况，而本次运行没有管网：请选择 DRAINS，或 NODES 和 CONDUITS，或将其留空。</translation>
    </message>
    <message>
        <source>DRAIN_INLETS belongs to a network: choose DRAINS, or NODES and CONDUITS, or leave it empty.</source>
        <translation>DRAIN_INLETS 属于管网：请选择 DRAINS，或 NODES 和 CONDUITS，或将其留空。</translation>
    </message>
    <message>
        <source>{why}: {n}</source>
        <translation>{why}：{n}</translation>
    </message>
    <message>
        <source>Rows of DRAIN_INLETS</source>
        <translation>DRAIN_INLETS 的行</translation>
    </message>
    <message>
        <source>The coordinates of &apos;{name}&apos; cannot be transformed from {own} to {crs}: choose the CRS of the drains in DRAINS_CRS.</source>
        <translation>“{name}”的坐标无法从 {own} 转换到 {crs}：请在 DRAINS_CRS 中选择管网的坐标系。</translation>
    </message>
    <message>
        <source>Nodes of the drains</source>
        <translation>管网节点</translation>
    </message>
    <message>
        <source>Links of the drains</source>
        <translation>管网连接</translation>
    </message>
    <message>
        <source>The rain raster &apos;{layer}&apos; has another CRS, size or place than &apos;{first}&apos;: give all rasters of the series the same pixels with &apos;Warp (reproject)&apos;.</source>
        <translation>降雨栅格“{layer}”的坐标系、大小或位置与“{first}”不同：请用“变形 (重投影)”使序列中所有栅格的像元一致。</translation>
    </message>
    <message>
        <source>The times of the rain raster &apos;{raster}&apos; have the unknown unit &apos;{unit}&apos;: CF has &apos;hours since 2026-06-01&apos;.</source>
        <translation>降雨栅格“{raster}”的时间单位“{unit}”无法识别：CF 约定写作“hours since 2026-06-01”。</translation>
    </message>
    <message>
        <source>moves to {direction:g}° at {speed:g} m/s</source>
        <translation>以 {speed:g} m/s 移向 {direction:g}°</translation>
    </message>
    <message>
        <source>RAIN is empty: choose the table of the storm that moves.</source>
        <translation>RAIN 为空：请选择移动暴雨的降雨表。</translation>
    </message>
    <message>
        <source>A storm that moves needs STORM_DIRECTION and STORM_SPEED: only {name} is given.</source>
        <translation>移动的暴雨需要 STORM_DIRECTION 和 STORM_SPEED：只给出了 {name}。</translation>
    </message>
    <message>
        <source>STORM_DIRECTION and STORM_SPEED move the storm of RAIN, which is empty: choose its table.</source>
        <translation>STORM_DIRECTION 和 STORM_SPEED 用于移动 RAIN 的暴雨，而 RAIN 为空：请选择其降雨表。</translation>
    </message>
    <message>
        <source>The series of rasters</source>
        <translation>栅格序列</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; of RAIN_RASTERS cannot be read as a raster: choose another file; of a NetCDF file with several variables choose one, as NETCDF:&quot;file.nc&quot;:rain.</source>
        <translation>RAIN_RASTERS 中的“{name}”无法作为栅格读取：请选择其他文件；含多个变量的 NetCDF 文件请选择其一，如 NETCDF:&quot;file.nc&quot;:rain。</translation>
    </message>
    <message>
        <source>RAIN_RASTER_STEP_MIN must be above 0 min.</source>
        <translation>RAIN_RASTER_STEP_MIN 须大于 0 min。</translation>
    </message>
    <message>
        <source>Band {band} of &apos;{layer}&apos; says no time, while others do: name it with its time, or leave it out.</source>
        <translation>“{layer}”的波段 {band} 没有时间，而其他的有：请以其时间命名，或不选。</translation>
    </message>
    <message>
        <source>{source} says no times: enter the length of a step in RAIN_RASTER_STEP_MIN, or name the rasters with their times, as rain_20260601T0810.tif.</source>
        <translation>{source} 没有时间：请在 RAIN_RASTER_STEP_MIN 中输入时段长，或以时间命名栅格，如 rain_20260601T0810.tif。</translation>
    </message>
    <message>
        <source>The rain raster &apos;{layer}&apos; does not say its unit: choose it in RAIN_UNIT.</source>
        <translation>降雨栅格“{layer}”没有注明单位：请在 RAIN_UNIT 中选择。</translation>
    </message>
    <message>
        <source>The rain raster &apos;{layer}&apos; has no place: georeference it first.</source>
        <translation>降雨栅格“{layer}”没有位置：请先配准。</translation>
    </message>
    <message>
        <source>{source} does not cover the terrain: check the CRS and the extent of the rain rasters.</source>
        <translation>{source} 不覆盖地形：请检查降雨栅格的坐标系和范围。</translation>
    </message>
    <message>
        <source>{share:.1%} of the terrain lies outside {source}: no rain falls there.</source>
        <translation>{share:.1%} 的地形在 {source} 之外：该处无雨。</translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation>单位 {unit}</translation>
    </message>
    <message>
        <source>Rain rasters</source>
        <translation>降雨栅格</translation>
    </message>
    <message>
        <source>Reading the rain rasters</source>
        <translation>正在读取降雨栅格</translation>
    </message>
    <message>
        <source>{source} has {depth_mm:.4g} mm of rain within {minutes:g} min at {moment}, more than was ever measured in so short a time: check RAIN_UNIT and RAIN_RASTER_STEP_MIN.</source>
        <translation>{source} 在 {moment} 的 {minutes:g} min 内有 {depth_mm:.4g} mm 降雨，超过同样时长内实测的最大值：请检查 RAIN_UNIT 和 RAIN_RASTER_STEP_MIN。</translation>
    </message>
    <message>
        <source>{share:.1%} of the pixels of {source} over the terrain and its surroundings have no data: no rain falls there.</source>
        <translation>{source} 在地形及其周围的像元中有 {share:.1%} 无数据：该处无雨。</translation>
    </message>
    <message>
        <source>{n} pixels of {source} have a negative rain, which counts as none.</source>
        <translation>{source} 有 {n} 个像元的雨量为负，按无雨计。</translation>
    </message>
    <message>
        <source>{source} says no times: its {n} images follow each other as given.</source>
        <translation>{source} 没有时间：其 {n} 幅图像按给定顺序依次排列。</translation>
    </message>
    <message>
        <source>the rasters</source>
        <translation>栅格</translation>
    </message>
    <message>
        <source>RAIN_START has no effect: the rasters have no dates.</source>
        <translation>RAIN_START 不起作用：栅格没有日期。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos;: {meaning} (SWMM error {code}: {words})</source>
        <translation>“{name}”：{meaning}（SWMM 错误 {code}：{words}）</translation>
    </message>
    <message>
        <source>{n} pipes of &apos;{source}&apos; rise towards their end, &apos;{name}&apos; most, by {rise:.2f} m: water stands in them. Make sure that their direction and levels are right.</source>
        <translation>“{source}”有 {n} 条管道向末端升高，其中“{name}”最大，为 {rise:.2f} m：管内会积水。请确认其方向和高程正确。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: &apos;{link}&apos; is not the only pipe of the outfall &apos;{name}&apos;, or leaves it: join the pipes at a node before the outfall.</source>
        <translation>“{source}”第 {line} 行：“{link}”不是排放口“{name}”的唯一管道，或从其流出：请在排放口上游的节点处汇合管道。</translation>
    </message>
    <message>
        <source>{n} conduits of &apos;{layer}&apos; have a shape that is not known and count as round or, with a width, as boxes, such as &apos;{name}&apos;.</source>
        <translation>“{layer}”有 {n} 条管道的断面形状未知，按圆形或（有宽度时）矩形计，例如“{name}”。</translation>
    </message>
    <message>
        <source>{n} ends of conduits of &apos;{layer}&apos; name no node and took the nearest, at most {far:g} m away, such as &apos;{name}&apos;.</source>
        <translation>“{layer}”有 {n} 个管道端点未指明节点，取了 {far:g} m 以内最近的节点，例如“{name}”。</translation>
    </message>
    <message>
        <source>{n} conduits of &apos;{layer}&apos; have no size: a diameter of 0.6 m is taken, as for &apos;{name}&apos;.</source>
        <translation>“{layer}”有 {n} 条管道没有尺寸：取直径 0.6 m，例如“{name}”。</translation>
    </message>
    <message>
        <source>{n} conduits of &apos;{layer}&apos; have no roughness: n = 0.013 s/m^(1/3) is taken.</source>
        <translation>“{layer}”有 {n} 条管道没有糙率：取 n = 0.013 s/m^(1/3)。</translation>
    </message>
    <message>
        <source>{n} conduits of &apos;{layer}&apos; have a length that differs by more than 20 % from their line, such as &apos;{name}&apos;: the field counts.</source>
        <translation>“{layer}”有 {n} 条管道的长度与线长相差超过 20 %，例如“{name}”：以字段为准。</translation>
    </message>
    <message>
        <source>The conduit &apos;{name}&apos; of &apos;{layer}&apos; starts and ends at the node &apos;{node}&apos;: correct its ends.</source>
        <translation>“{layer}”的管道“{name}”起止于同一节点“{node}”：请更正端点。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has two conduits &apos;{name}&apos;: give each an id of its own.</source>
        <translation>图层“{layer}”有两条管道“{name}”：请为每条给出各自的编号。</translation>
    </message>
    <message>
        <source>The conduit &apos;{name}&apos; of &apos;{layer}&apos; has neither a line nor nodes in from_node and to_node: add one.</source>
        <translation>“{layer}”的管道“{name}”既没有线也没有 from_node 和 to_node：请添加其一。</translation>
    </message>
    <message>
        <source>The conduit &apos;{name}&apos; of &apos;{layer}&apos; ends {distance:.2f} m from the nearest node, &apos;{node}&apos;: add a node there, or raise DRAIN_TOLERANCE_M above that.</source>
        <translation>“{layer}”的管道“{name}”的端点距最近的节点“{node}”{distance:.2f} m：请在该处添加节点，或将 DRAIN_TOLERANCE_M 提高到该值以上。</translation>
    </message>
    <message>
        <source>The conduit &apos;{name}&apos; of &apos;{layer}&apos; has no length: correct its line, or give it length_m.</source>
        <translation>“{layer}”的管道“{name}”没有长度：请更正其线，或给出 length_m。</translation>
    </message>
    <message>
        <source>The conduit &apos;{name}&apos; of &apos;{layer}&apos; is {height:g} m high: give diameter_m or height_m in metres, or diameter_mm in millimetres.</source>
        <translation>“{layer}”的管道“{name}”高 {height:g} m：请以米给出 diameter_m 或 height_m，或以毫米给出 diameter_mm。</translation>
    </message>
    <message>
        <source>The pump '{name}' of '{layer}' has no capacity: give it capacity_m3s in m³/s.</source>
        <translation>“{layer}”的水泵“{name}”没有能力：请给出 capacity_m3s（m³/s）。</translation>
    </message>
    <message>
        <source>The conduit &apos;{name}&apos; of &apos;{layer}&apos; ends at the node &apos;{node}&apos;, which the layer of nodes does not have: add it, or correct the name.</source>
        <translation>“{layer}”的管道“{name}”的端点“{node}”不在节点图层中：请添加，或更正名称。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no field &apos;{field}&apos;, which DRAIN_FIELDS names for {meaning}: choose one of {names}.</source>
        <translation>图层“{layer}”没有 DRAIN_FIELDS 为 {meaning} 指定的字段“{field}”：请选择 {names} 之一。</translation>
    </message>
    <message>
        <source>DRAIN_FIELDS has &apos;{part}&apos;, which is no choice of a field: write meaning = field, with one of {known}.</source>
        <translation>DRAIN_FIELDS 中的“{part}”不是字段的选择：请写成 含义 = 字段，含义为 {known} 之一。</translation>
    </message>
    <message>
        <source>The node &apos;{name}&apos; of &apos;{layer}&apos; has the inlet &apos;{word}&apos;, which is no kind: choose one of {kinds}.</source>
        <translation>“{layer}”的节点“{name}”的雨水口“{word}”不是已知类型：请选择 {kinds} 之一。</translation>
    </message>
    <message>
        <source>The node '{name}' of '{layer}' takes by a table: its field rating needs two pairs of depth (m) and flow (m³/s) or more, as 0:0 0.1:0.02 0.3:0.06.</source>
        <translation>“{layer}”的节点“{name}”按表截流：其字段 rating 需要至少两对水深（m）和流量（m³/s），如 0:0 0.1:0.02 0.3:0.06。</translation>
    </message>
    <message>
        <source>The node &apos;{name}&apos; of &apos;{layer}&apos; has the grate &apos;{word}&apos;, which is none: choose one of {types}.</source>
        <translation>“{layer}”的节点“{name}”的雨水箅“{word}”不是已知类型：请选择 {types} 之一。</translation>
    </message>
    <message>
        <source>{n} nodes of &apos;{layer}&apos; lie above a pipe that ends there and were lowered to it, &apos;{name}&apos; by {value} m.</source>
        <translation>“{layer}”有 {n} 个节点高于终止于此的管道，已降至管底，“{name}”降低了 {value} m。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no nodes: choose another one for NODES.</source>
        <translation>图层“{layer}”没有节点：请为 NODES 选择另一个图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no outfall, so that no water could leave the pipes: give the lowest node the kind outfall.</source>
        <translation>图层“{layer}”没有排放口，管中的水无处可去：请将最低节点的 kind 设为 outfall。</translation>
    </message>
    <message>
        <source>The node &apos;{name}&apos; of &apos;{layer}&apos; has no level: give it invert_m and rim_m or depth_m, or a place on the terrain.</source>
        <translation>“{layer}”的节点“{name}”没有高程：请给出 invert_m 以及 rim_m 或 depth_m，或使其位于地形上。</translation>
    </message>
    <message>
        <source>The node &apos;{name}&apos; of &apos;{layer}&apos; has its rim at {rim:.2f} m, not above its bottom at {invert:.2f} m: correct invert_m, depth_m or rim_m.</source>
        <translation>“{layer}”的节点“{name}”井口为 {rim:.2f} m，不高于井底 {invert:.2f} m：请更正 invert_m、depth_m 或 rim_m。</translation>
    </message>
    <message>
        <source>{n} nodes of &apos;{layer}&apos; have no point and are left out, such as &apos;{name}&apos;.</source>
        <translation>“{layer}”有 {n} 个节点没有点，已略去，例如“{name}”。</translation>
    </message>
    <message>
        <source>{n} ids of &apos;{layer}&apos; have letters that SWMM cannot read: &apos;{name}&apos; became &apos;{value}&apos;.</source>
        <translation>“{layer}”有 {n} 个编号含有 SWMM 不能读取的字符：“{name}”改为“{value}”。</translation>
    </message>
    <message>
        <source>{n} nodes of &apos;{layer}&apos; have a kind that is not known and are junctions, such as &apos;{value}&apos;.</source>
        <translation>“{layer}”有 {n} 个节点的类型未知，按普通节点计，例如“{value}”。</translation>
    </message>
    <message>
        <source>{n} nodes of &apos;{layer}&apos; have no depth: 1.5 m is taken, as for &apos;{name}&apos;.</source>
        <translation>“{layer}”有 {n} 个节点没有深度：取 1.5 m，例如“{name}”。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has two nodes &apos;{name}&apos;: give each an id of its own.</source>
        <translation>图层“{layer}”有两个节点“{name}”：请为每个给出各自的编号。</translation>
    </message>
    <message>
        <source>The storage '{name}' has no area: give it area_m2, its plan area in m² (it may be shaft or pond).</source>
        <translation>调蓄设施“{name}”没有面积：请给出平面面积 area_m2（m²，可为竖井或水池）。</translation>
    </message>
    <message>
        <source>The sizes of an inlet of the kind {kind} must be above 0 m.</source>
        <translation>{kind} 型雨水口的尺寸必须大于 0 m。</translation>
    </message>
    <message>
        <source>without coordinates</source>
        <translation>没有坐标</translation>
    </message>
    <message>
        <source>outside the terrain</source>
        <translation>在地形之外</translation>
    </message>
    <message>
        <source>where the terrain has no data</source>
        <translation>在地形无数据处</translation>
    </message>
    <message>
        <source>under a building</source>
        <translation>在建筑之下</translation>
    </message>
    <message>
        <source>without an inlet</source>
        <translation>没有雨水口</translation>
    </message>
    <message>
        <source>an outfall to the outside</source>
        <translation>通向外部的排放口</translation>
    </message>
    <message>
        <source>The runoff coefficient of the drains must be above 0 and at most 1, not {share:g}.</source>
        <translation>管网的径流系数须大于 0 且不大于 1，而不是 {share:g}。</translation>
    </message>
    <message>
        <source>The time of concentration of the drains must be above 0 min.</source>
        <translation>管网的汇流时间必须大于 0 min。</translation>
    </message>
    <message>
        <source>The drain capacity must have the cells of the terrain.</source>
        <translation>管网排水能力的单元必须与地形一致。</translation>
    </message>
    <message>
        <source>{source} has two images for {moment}: leave one out.</source>
        <translation>{source} 在 {moment} 有两幅图像：请去掉一幅。</translation>
    </message>
    <message>
        <source>{source} has one image, whose length nothing says: enter it in RAIN_RASTER_STEP_MIN.</source>
        <translation>{source} 只有一幅图像，无从得知其时段长：请在 RAIN_RASTER_STEP_MIN 中输入。</translation>
    </message>
    <message>
        <source>Two images of {source} overlap at {moment}: correct their times, or RAIN_RASTER_STEP_MIN.</source>
        <translation>{source} 有两幅图像在 {moment} 重叠：请更正其时间或 RAIN_RASTER_STEP_MIN。</translation>
    </message>
    <message>
        <source>All images of {source} end before the run starts, the last at {moment}: check RAIN_START.</source>
        <translation>{source} 的所有图像都在模拟开始前结束，最后一幅在 {moment}：请检查 RAIN_START。</translation>
    </message>
    <message>
        <source>The first image of {source} begins {minutes:g} min after the run: no rain falls until then.</source>
        <translation>{source} 的第一幅图像在模拟开始 {minutes:g} min 后才开始：此前无雨。</translation>
    </message>
    <message>
        <source>{n} images end before the run starts and are left out.</source>
        <translation>{n} 幅图像在模拟开始前结束，不予采用。</translation>
    </message>
    <message>
        <source>{source} has {n} gaps, of {minutes:g} min in all, the first from {start} to {end}: they have the mean of the images before and after.</source>
        <translation>{source} 有 {n} 处缺测，共 {minutes:g} min，第一处为 {start} 至 {end}：取前后图像的平均值。</translation>
    </message>
    <message>
        <source>{source} has {n} gaps of more than three hours, {minutes:g} min in all, the first from {start} to {end}: no rain falls then.</source>
        <translation>{source} 有 {n} 处超过三小时的缺测，共 {minutes:g} min，第一处为 {start} 至 {end}：此时按无雨计。</translation>
    </message>
    <message>
        <source>The speed of the storm must be above 0 m/s, and its direction a number of degrees.</source>
        <translation>暴雨移速须大于 0 m/s，方向须为度数。</translation>
    </message>
    <message>
        <source>A storm of {speed:g} m/s is faster than any: give STORM_SPEED in m/s, which is km/h divided by 3.6.</source>
        <translation>{speed:g} m/s 的移速快于任何暴雨：STORM_SPEED 的单位为 m/s，即 km/h 除以 3.6。</translation>
    </message>
    <message>
        <source>The intervals of the rain rasters must rise from above 0, each with its images.</source>
        <translation>降雨栅格的时段须从 0 以上递增，且各有其图像。</translation>
    </message>
    <message>
        <source>The observations &apos;{layer}&apos; have no column that names their point: call it point_id.</source>
        <translation>观测“{layer}”没有指明其点的列：请命名为 point_id。</translation>
    </message>
    <message>
        <source>The observations &apos;{layer}&apos; lack a time or a value: give time_min or time, and level_m, depth_m, or value with unit.</source>
        <translation>观测“{layer}”缺少时间或数值：请给出 time_min 或 time，以及 level_m、depth_m，或 value 和 unit。</translation>
    </message>
    <message>
        <source>The observations &apos;{layer}&apos; have moments: give START_TIME, the moment at which the run starts.</source>
        <translation>观测“{layer}”以时刻给出：请给出 START_TIME，即模拟开始的时刻。</translation>
    </message>
    <message>
        <source>The observations &apos;{layer}&apos; have no row with a value in metres.</source>
        <translation>观测“{layer}”没有以米为值的行。</translation>
    </message>
    <message>
        <source>{n} observations of &apos;{layer}&apos; are in {unit}, which is no length, and are left out.</source>
        <translation>“{layer}”有 {n} 个观测的单位为 {unit}，不是长度，已略去。</translation>
    </message>
    <message>
        <source>The observations &apos;{layer}&apos; have a depth of {depth:g} m: make sure of their unit, and that they are no levels.</source>
        <translation>观测“{layer}”有 {depth:g} m 的水深：请确认其单位，以及它们不是水位。</translation>
    </message>
    <message>
        <source>the point has no values in the result</source>
        <translation>该点在结果中没有数值</translation>
    </message>
    <message>
        <source>before or after the run: {n}</source>
        <translation>在模拟时段之外：{n}</translation>
    </message>
    <message>
        <source>dry in the result: {n}</source>
        <translation>结果中为干：{n}</translation>
    </message>
    <message>
        <source>without a time or a value, or twice: {n}</source>
        <translation>没有时间或数值，或重复：{n}</translation>
    </message>
    <message>
        <source>{n} observed points have no values in the result: {ids}.</source>
        <translation>{n} 个观测点在结果中没有数值：{ids}。</translation>
    </message>
    <message>
        <source>{n} points have no observations: {ids}.</source>
        <translation>{n} 个点没有观测：{ids}。</translation>
    </message>
    <message>
        <source>No observation of {ids} lies within the run where it has water: check START_TIME and the time zone.</source>
        <translation>{ids} 没有落在模拟有水时段内的观测：请检查 START_TIME 和时区。</translation>
    </message>
    <message>
        <source>The simulated levels lie {offset:.2f} m off the observed ones at {n} points, by nearly as much at all times: they have perhaps another datum. Give OBSERVED_DATUM_M, the height of their zero above the terrain&apos;s datum.</source>
        <translation>{n} 个点的模拟水位与观测相差 {offset:.2f} m，且各时刻几乎相同：观测可能采用另一基准面。请给出 OBSERVED_DATUM_M，即其零点高出地形高程基准的高度。</translation>
    </message>
    <message>
        <source>An opening leads to a room that does not exist.</source>
        <translation>某个开口通向不存在的地下空间。</translation>
    </message>
    <message>
        <source>A passage joins a room that does not exist.</source>
        <translation>某条通道连接不存在的地下空间。</translation>
    </message>
    <message>
        <source>A barrier stands at an opening that does not exist.</source>
        <translation>某个挡水设施位于不存在的开口处。</translation>
    </message>
    <message>
        <source>Openings of rooms below ground must be placed on the terrain of the run.</source>
        <translation>地下空间的开口必须按本次模拟的地形定位。</translation>
    </message>
    <message>
        <source>No opening leads water to {n} rooms below ground ({ids}): they stay dry.</source>
        <translation>有 {n} 个地下空间（{ids}）没有进水的开口：它们保持干燥。</translation>
    </message>
    <message>
        <source>{n} openings of rooms below ground ({ids}) have no cell of the terrain without a building near them: no water enters there. Move them to the edge of their building, or choose a larger extent.</source>
        <translation>地下空间的 {n} 个开口（{ids}）附近没有不被建筑占据的地形栅格：水不会从那里进入。请把它们移到建筑边缘，或选择更大的范围。</translation>
    </message>
    <message>
        <source>The sills of {n} openings of rooms below ground ({ids}) lie more than {far_m:g} m above or below the ground there: make sure that sill_elev_m is in metres above the terrain&apos;s datum.</source>
        <translation>地下空间的 {n} 个开口（{ids}）的门槛比当地地面高或低 {far_m:g} m 以上：请确认 sill_elev_m 以米为单位且与地形同一基准。</translation>
    </message>
    <message>
        <source>The times of the levels outside must rise, and each must have its levels.</source>
        <translation>外部水位的时间必须递增，且每个时间都要有水位。</translation>
    </message>
    <message>
        <source>The state in START has other rooms below ground, openings or barriers than this run: give the same layers, or start without it.</source>
        <translation>START 中的状态与本次模拟的地下空间、开口或挡水设施不同：请给出相同的图层，或不使用该状态。</translation>
    </message>
    <message>
        <source>The highest point of the room {id} must lie above its lowest one: give bottom_elev_m and top_elev_m in metres above the terrain&apos;s datum.</source>
        <translation>地下空间 {id} 的最高点必须高于最低点：请以米给出与地形同一基准的 bottom_elev_m 和 top_elev_m。</translation>
    </message>
    <message>
        <source>The volume of the room {id} must be above 0 m³.</source>
        <translation>地下空间 {id} 的容积必须大于 0 m³。</translation>
    </message>
    <message>
        <source>The opening {id} has no level of its sill: give sill_elev_m in metres.</source>
        <translation>开口 {id} 没有门槛高程：请以米给出 sill_elev_m。</translation>
    </message>
    <message>
        <source>The width of the opening {id} must not be negative or missing (m).</source>
        <translation>开口 {id} 的宽度不能为负或缺失（m）。</translation>
    </message>
    <message>
        <source>A passage between rooms must join two different ones.</source>
        <translation>通道必须连接两个不同的地下空间。</translation>
    </message>
    <message>
        <source>A passage between rooms needs sill_elev_m (m) and width_m above 0 m.</source>
        <translation>通道需要 sill_elev_m（m）和大于 0 m 的 width_m。</translation>
    </message>
    <message>
        <source>A barrier needs a crest, or must be a gate; its times and levels must be numbers.</source>
        <translation>挡水设施需要顶高程，或必须是闸门；其时间和水位必须是数。</translation>
    </message>
    <message>
        <source>DOWNPIPES lead the rain of buildings: choose BUILDINGS, or leave DOWNPIPES empty.</source>
        <translation>DOWNPIPES 用于引排建筑屋面的雨水：请选择 BUILDINGS，或将 DOWNPIPES 留空。</translation>
    </message>
    <message>
        <source>No downpipe of &apos;{layer}&apos; belongs to a building on the terrain: move the points to within {reach:g} m of one, or check the CRS.</source>
        <translation>“{layer}”中没有雨落管属于地形上的建筑：请将点移到建筑 {reach:g} m 以内，或检查坐标系。</translation>
    </message>
    <message>
        <source>{n} of {all} buildings have one, the others let rain run off beside them</source>
        <translation>{all} 栋建筑中有 {n} 栋设有雨落管，其余建筑的雨水在建筑旁散排</translation>
    </message>
    <message>
        <source>of no building: {n}</source>
        <translation>不属于任何建筑：{n}</translation>
    </message>
    <message>
        <source>Downpipes</source>
        <translation>雨落管</translation>
    </message>
    <message>
        <source>{count:,} downpipes of &apos;{layer}&apos; lie outside the terrain or belong to no building within {reach:g} m, and have no effect.</source>
        <translation>“{layer}”中有 {count:,} 根雨落管位于地形之外，或 {reach:g} m 内没有建筑，不起作用。</translation>
    </message>
    <message>
        <source>The layer of sponge surfaces &apos;{layer}&apos; has no field kind: add it, with {kinds}.</source>
        <translation>海绵设施图层“{layer}”没有字段 kind：请添加该字段，取值为 {kinds}。</translation>
    </message>
    <message>
        <source>No sponge surface of &apos;{layer}&apos; lies on the terrain: check the CRS of both layers and the extent.</source>
        <translation>“{layer}”中没有海绵设施位于地形上：请检查两个图层的坐标系和范围。</translation>
    </message>
    <message>
        <source>Sponge surface {row} of &apos;{layer}&apos; has {name} = {value}: give a number from 0 up.</source>
        <translation>“{layer}”的第 {row} 个海绵设施的 {name} = {value}：请给出不小于 0 的数。</translation>
    </message>
    <message>
        <source>Sponge surfaces</source>
        <translation>海绵设施</translation>
    </message>
    <message>
        <source>Sponge surface {row} of &apos;{layer}&apos; has {name} = {value}: give a share from 0 to 1.</source>
        <translation>“{layer}”的第 {row} 个海绵设施的 {name} = {value}：请给出 0 到 1 的比例。</translation>
    </message>
    <message>
        <source>{count:,} sponge surfaces of &apos;{layer}&apos; have a kind that is not known ({words}) and no effect: write {kinds}.</source>
        <translation>“{layer}”中有 {count:,} 个海绵设施的类型无法识别（{words}），不起作用：请写 {kinds}。</translation>
    </message>
    <message>
        <source>{count:,} sponge surfaces of &apos;{layer}&apos; overlap others: there the later one counts.</source>
        <translation>“{layer}”中有 {count:,} 个海绵设施与其他设施重叠：重叠处以图层中靠后的为准。</translation>
    </message>
    <message>
        <source>{count:,} green roofs lie mostly beside the buildings, where they take water from the ground: give BUILDINGS, or move them.</source>
        <translation>{count:,} 个绿色屋顶大部分不在建筑上，将从地面取水：请给出 BUILDINGS，或移动它们。</translation>
    </message>
    <message>
        <source>{count:,} sponge surfaces lie mostly on buildings, where only rain on the roof reaches them.</source>
        <translation>{count:,} 个海绵设施大部分位于建筑上，只能接纳屋面雨水。</translation>
    </message>
    <message>
        <source>unknown kind: {n}</source>
        <translation>类型未知：{n}</translation>
    </message>
    <message>
        <source>covered by others: {n}</source>
        <translation>被其他设施覆盖：{n}</translation>
    </message>
    <message>
        <source>values of the kind where fields are empty</source>
        <translation>空字段采用该类型的默认值</translation>
    </message>
    <message>
        <source>The largest {name} of &apos;{layer}&apos; is {value:g}: make sure that it is in {unit}, not in metres.</source>
        <translation>“{layer}”中 {name} 的最大值为 {value:g}：请确认单位是 {unit}，而不是米。</translation>
    </message>
    <message>
        <source>The storage of roofs must be from 0 to {most:g} mm, not {mm:g}.</source>
        <translation>屋面蓄水深度必须在 0 到 {most:g} mm 之间，不能是 {mm:g}。</translation>
    </message>
    <message>
        <source>A downpipe lies outside the terrain or belongs to no building.</source>
        <translation>有雨落管位于地形之外，或不属于任何建筑。</translation>
    </message>
    <message>
        <source>Without BUILDINGS there are no roofs: ROOF_STORAGE_MM and DOWNPIPES have no effect.</source>
        <translation>没有 BUILDINGS 就没有屋面：ROOF_STORAGE_MM 和 DOWNPIPES 不起作用。</translation>
    </message>
    <message>
        <source>Depth, rates and catchment of a sponge surface must be numbers from 0 up.</source>
        <translation>海绵设施的厚度、速率和汇水面积必须是不小于 0 的数。</translation>
    </message>
    <message>
        <source>The initial fill of a sponge surface must be from 0 to 1, not {fill:g}.</source>
        <translation>海绵设施的初始充满度必须在 0 到 1 之间，不能是 {fill:g}。</translation>
    </message>
    <message>
        <source>The area of a sponge surface must be above 0 m².</source>
        <translation>海绵设施的面积必须大于 0 m²。</translation>
    </message>
    <message>
        <source>There is no kind of sponge surface &apos;{kind}&apos;.</source>
        <translation>没有“{kind}”这种海绵设施类型。</translation>
    </message>
    <message>
        <source>The cells of sponge surfaces must be those of the terrain.</source>
        <translation>海绵设施的像元必须与地形的像元一致。</translation>
    </message>
    <message>
        <source>A cell has the number of a sponge surface that does not exist.</source>
        <translation>有像元的海绵设施编号不存在。</translation>
    </message>
    <message>
        <source>It has both a design storm (zone) and {names}: leave one of them empty.</source>
        <translation>同时给出了设计暴雨（zone）和 {names}：请将其中之一留空。</translation>
    </message>
    <message>
        <source>The water &apos;{name}&apos; ({crs}) does not overlap the layer: check the CRS of both.</source>
        <translation>水数据“{name}”（{crs}）与图层不重叠：请检查两者的坐标参考系。</translation>
    </message>
    <message>
        <source>The depths &apos;{layer}&apos; near the features are whole numbers up to {high:g} only: if they are classes, or 1 where there is water, they are no depths in m. Choose a raster of depths.</source>
        <translation>要素附近的水深“{layer}”全部是不超过 {high:g} 的整数：如果它们是等级，或以 1 表示有水，则不是以米为单位的水深。请选择水深栅格。</translation>
    </message>
    <message>
        <source>Half of the wet cells of the depths &apos;{layer}&apos; near the features are deeper than {typical:.1f} m: make sure that they are in m, not in cm or feet, and no levels.</source>
        <translation>水深“{layer}”在要素附近有一半的有水像元深于 {typical:.1f} m：请确认其单位为米，而不是厘米或英尺，并且不是水位。</translation>
    </message>
    <message>
        <source>Cells of DEPTH near the features</source>
        <translation>要素附近的 DEPTH 像元</translation>
    </message>
    <message>
        <source>Cells of LEVEL near the features</source>
        <translation>要素附近的 LEVEL 像元</translation>
    </message>
    <message>
        <source>Cells of ARRIVAL near the features</source>
        <translation>要素附近的 ARRIVAL 像元</translation>
    </message>
    <message>
        <source>{n:,} cells of the depths &apos;{layer}&apos; near the features lie below 0 m, down to {low:g} m: they count as dry (NO_DATA).</source>
        <translation>水深“{layer}”在要素附近有 {n:,} 个像元小于 0 m，最低 {low:g} m：视为干燥（NO_DATA）。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; ({crs}) and the water &apos;{water}&apos; ({crs2}) do not overlap: they lie {far:,.1f} km apart. Check the CRS of both.</source>
        <translation>图层“{layer}”（{crs}）与水情“{water}”（{crs2}）不重叠：相距 {far:,.1f} km。请检查两者的坐标参考系。</translation>
    </message>
    <message>
        <source>No feature of the layer &apos;{name}&apos; has a geometry that can be read: repair it or choose another layer.</source>
        <translation>图层“{name}”中没有一个要素的几何可以读取：请修复该图层，或选择其他图层。</translation>
    </message>
    <message>
        <source>No coordinates of the layer &apos;{layer}&apos; are possible in their CRS, {crs}: if longitude and latitude are exchanged, use &apos;Swap X and Y coordinates&apos;, else set the CRS that they are in.</source>
        <translation>图层“{layer}”的坐标在其坐标参考系 {crs} 中均不可能存在：如果经度与纬度颠倒，请使用“交换X和Y的坐标”，否则请设置其实际的坐标参考系。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; holds neither lines nor points: choose roads, rails, pipes or points of assets, and &apos;Building risk&apos; for polygons.</source>
        <translation>图层“{name}”既不是线也不是点：请选择道路、轨道、管线或设施点；面要素请用“建筑风险”。</translation>
    </message>
    <message>
        <source>The lines cross more than {most:,} cells of the depths: choose a part of them, or wider cells.</source>
        <translation>这些线穿过的水深像元超过 {most:,} 个：请选择其中一部分，或采用更大的像元。</translation>
    </message>
    <message>
        <source>The table of dependencies &apos;{table}&apos; has no row with asset and needs.</source>
        <translation>依赖关系表“{table}”中没有同时含 asset 和 needs 的行。</translation>
    </message>
    <message>
        <source>{n} features have no geometry: they are in the output as unknown.</source>
        <translation>{n} 个要素没有几何：在输出中记为未知。</translation>
    </message>
    <message>
        <source>The table of dependencies &apos;{table}&apos; has no field {field}: it needs asset and needs, and may have group (rows of one group are alternatives) and backup_h.</source>
        <translation>依赖关系表“{table}”没有字段 {field}：需要 asset 和 needs，可另有 group（同组各行互为备选）和 backup_h。</translation>
    </message>
    <message>
        <source>{n} assets in the column needs of &apos;{table}&apos; are not in the layer, such as &apos;{name}&apos;: water does not reach them.</source>
        <translation>“{table}”的 needs 列中有 {n} 个设施不在图层中，例如“{name}”：水不会到达它们。</translation>
    </message>
    <message>
        <source>{n} lines have no speed in &apos;{field}&apos;: they count with {speed:g} km/h.</source>
        <translation>{n} 条线在“{field}”中没有车速：按 {speed:g} km/h 计。</translation>
    </message>
    <message>
        <source>a bridge: the water on the ground is not on it</source>
        <translation>桥梁：地面上的水不在桥上</translation>
    </message>
    <message>
        <source>a tunnel: the water on the ground is not in it</source>
        <translation>隧道：地面上的水不在隧道内</translation>
    </message>
    <message>
        <source>{depth:.2f} m of water at the deepest place</source>
        <translation>最深处水深 {depth:.2f} m</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no features.</source>
        <translation>图层“{name}”没有要素。</translation>
    </message>
    <message>
        <source>LEVEL alone does not say how deep the water is: choose DEPTH or RESULT.</source>
        <translation>仅有 LEVEL 无法得知水深：请选择 DEPTH 或 RESULT。</translation>
    </message>
    <message>
        <source>bridges and tunnels, which count as open: {n}</source>
        <translation>桥梁和隧道，视为畅通：{n}</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>no depths are known there</source>
        <translation>该处水深未知</translation>
    </message>
    <message>
        <source>dry</source>
        <translation>干燥</translation>
    </message>
    <message>
        <source>{text}; closed from {first:.0f} to {last:.0f} min</source>
        <translation>{text}；{first:.0f} 至 {last:.0f} 分钟封闭</translation>
    </message>
    <message>
        <source>{text}; closed by depth times speed, {product:.2f} m²/s</source>
        <translation>{text}；因水深乘流速 {product:.2f} m²/s 而封闭</translation>
    </message>
    <message>
        <source>{text}; closed from {first:.0f} min to the end</source>
        <translation>{text}；自 {first:.0f} 分钟起封闭至结束</translation>
    </message>
    <message>
        <source>without {names}</source>
        <translation>缺少 {names}</translation>
    </message>
    <message>
        <source>in water</source>
        <translation>浸水</translation>
    </message>
    <message>
        <source>The process of the run ended with {code}: {words}</source>
        <translation>方案的进程已结束，代码 {code}：{words}</translation>
    </message>
    <message>
        <source>The table of speeds &apos;{path}&apos; has no row {name}.</source>
        <translation>车速表“{path}”没有 {name} 行。</translation>
    </message>
    <message>
        <source>The depth of caution must be above 0 and at most the depth of closure: {caution:g} m and {closed:g} m were given.</source>
        <translation>警戒水深必须大于 0 且不超过封闭水深：给出的是 {caution:g} m 和 {closed:g} m。</translation>
    </message>
    <message>
        <source>The state in START was computed by another INFILTRATION_METHOD: choose the one of its run, or another START.</source>
        <translation>START 中的状态由另一种 INFILTRATION_METHOD 算得：请选择该模拟的方法，或选择另一个 START。</translation>
    </message>
    <message>
        <source>The areal factors {method} are for up to {km2:,.0f} km² and {shortest:g} to {longest:g} min: for {area:g} km² and {minutes:g} min the factor is an extrapolation.</source>
        <translation>点面折减系数 {method} 适用于不超过 {km2:,.0f} km²、历时 {shortest:g} 至 {longest:g} min 的情况：{area:g} km²、{minutes:g} min 时的系数为外推值。</translation>
    </message>
    <message>
        <source>AREA_KM2 must be above 0 km², not {area_km2:g}.</source>
        <translation>AREA_KM2 必须大于 0 km²，而不是 {area_km2:g}。</translation>
    </message>
    <message>
        <source>The state to start from belongs to other drains: choose the network that it was made with.</source>
        <translation>起始状态属于另一排水管网：请选择生成该状态时所用的管网。</translation>
    </message>
    <message>
        <source>The process that runs the drains ended with {code}: start the run again, with less else in memory.</source>
        <translation>计算排水管网的进程以代码 {code} 结束：请减少内存占用后重新运行。</translation>
    </message>
    <message>
        <source>The drains of &apos;{source}&apos; end after {time:g} s, before the run: give them a later END_TIME.</source>
        <translation>“{source}”的管网计算在 {time:g} 秒后结束，早于模拟结束：请设置更晚的 END_TIME。</translation>
    </message>
    <message>
        <source>SWMM did not answer within {seconds:.0f} s: the drains of {source} may not converge. Make their routing step shorter, or leave the drains out.</source>
        <translation>SWMM 在 {seconds:.0f} 秒内没有响应：{source} 的管网计算可能不收敛。请缩短其演算步长（ROUTING_STEP），或不使用排水管网。</translation>
    </message>
    <message>
        <source>The process that runs the drains cannot be started ({reason}): close other programs, or leave the drains out.</source>
        <translation>无法启动计算排水管网的进程（{reason}）：请关闭其他程序，或不使用排水管网。</translation>
    </message>
    <message>
        <source>The pattern of {source} needs two rows or more, each with a time and a share from 0 up.</source>
        <translation>{source} 的雨型至少需要两行，每行含时间和不小于 0 的比例。</translation>
    </message>
    <message>
        <source>The pattern of {source} has a time more than once: give one row for each step.</source>
        <translation>{source} 的雨型中有重复的时间：每个时段请只给一行。</translation>
    </message>
    <message>
        <source>The cumulative shares of {source} fall: they must rise to 1 (or 100 %). Call the shares of single steps share.</source>
        <translation>{source} 的累计比例出现下降：应递增至 1（或 100 %）。若为各时段的比例，请将字段命名为 share。</translation>
    </message>
    <message>
        <source>The pattern of {source} has rain at time 0: a time is the end of its step, so that the first is above 0.</source>
        <translation>{source} 的雨型在时间 0 处有雨：时间为时段末，因此第一个时间应大于 0。</translation>
    </message>
    <message>
        <source>The shares of {source} add up to {whole:.4g}, not to 1 or 100 %: correct the table.</source>
        <translation>{source} 的比例合计为 {whole:.4g}，而不是 1 或 100 %：请更正该表。</translation>
    </message>
    <message>
        <source>A mass curve must rise from 0 to 1, in time and in rain.</source>
        <translation>累积雨量曲线的时间和雨量都必须从 0 递增到 1。</translation>
    </message>
    <message>
        <source>The table of mass curves &apos;{path}&apos; cannot be read ({error}): restore the plugin&apos;s own.</source>
        <translation>无法读取累积雨量曲线表“{path}”（{error}）：请恢复插件自带的表。</translation>
    </message>
    <message>
        <source>share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>The depth is DEPTH_MM, {depth:g} mm in {minutes:g} min, which the pattern {pattern} distributes.</source>
        <translation>雨量取 DEPTH_MM，即 {minutes:g} min 内 {depth:g} mm，按雨型 {pattern} 分配。</translation>
    </message>
    <message>
        <source>Blocks of up to {longest:g} min have the depths of the formula; the depths of longer ones grow by a power law to DEPTH_MM, {depth:g} mm in {minutes:g} min.</source>
        <translation>历时不超过 {longest:g} min 的雨量取自公式；更长历时的雨量按幂函数增至 DEPTH_MM，即 {minutes:g} min 内 {depth:g} mm。</translation>
    </message>
    <message>
        <source>DEPTH_MM must be above 0 mm, not {depth_mm:g}.</source>
        <translation>DEPTH_MM 必须大于 0 mm，而不是 {depth_mm:g}。</translation>
    </message>
    <message>
        <source>The storm needs a formula, or its depth in DEPTH_MM.</source>
        <translation>暴雨需要公式，或在 DEPTH_MM 中给出其雨量。</translation>
    </message>
    <message>
        <source>The formula of {name} holds up to {longest:g} min and says nothing of {minutes:g} min: enter the rain of the whole storm in DEPTH_MM.</source>
        <translation>{name} 的公式最长适用于 {longest:g} min，不能用于 {minutes:g} min：请在 DEPTH_MM 中填写整场暴雨的雨量。</translation>
    </message>
    <message>
        <source>The pattern table needs its table: choose it in PATTERN_TABLE.</source>
        <translation>雨型 table 需要雨型表：请在 PATTERN_TABLE 中选择。</translation>
    </message>
    <message>
        <source>The pattern {pattern} is one of 24 h: enter 1440 in DURATION instead of {minutes:g}, or choose another pattern.</source>
        <translation>雨型 {pattern} 为 24 h 雨型：请在 DURATION 中填写 1440 而不是 {minutes:g}，或选择其他雨型。</translation>
    </message>
    <message>
        <source>The blocks of the pattern alternating have one length: choose a STEP that divides {minutes:g} min.</source>
        <translation>雨型 alternating 的各时段须等长：请选择能整除 {minutes:g} min 的 STEP。</translation>
    </message>
    <message>
        <source>The pattern alternating needs a formula: choose a zone, or custom with A, B and N.</source>
        <translation>雨型 alternating 需要公式：请选择分区，或选择 custom 并给出 A、B 和 N。</translation>
    </message>
    <message>
        <source>DEPTH_MM, {depth:g} mm in {minutes:g} min, is not more than the {known:.1f} mm that {name} gives in {longest:g} min: correct one of them.</source>
        <translation>DEPTH_MM（{minutes:g} min 内 {depth:g} mm）不大于 {name} 在 {longest:g} min 内给出的 {known:.1f} mm：请更正其一。</translation>
    </message>
    <message>
        <source>The formula holds up to {longest:g} min: the shape of the Chicago storm of {minutes:g} min is an extrapolation. The pattern alternating uses the formula only where it holds.</source>
        <translation>公式最长适用于 {longest:g} min：{minutes:g} min 的芝加哥雨型过程为外推。雨型 alternating 只在公式适用范围内使用公式。</translation>
    </message>
    <message>
        <source>DOORS belong to buildings: choose BUILDINGS, or leave DOORS empty.</source>
        <translation>DOORS 属于建筑：请选择 BUILDINGS，或将 DOORS 留空。</translation>
    </message>
    <message>
        <source>No door of &apos;{layer}&apos; belongs to a building on the terrain: move the points to within {reach:g} m of one, or check the CRS.</source>
        <translation>“{layer}”中没有门属于地形上的建筑：请将点移到建筑 {reach:g} m 以内，或检查坐标系。</translation>
    </message>
    <message>
        <source>{n} of {all} buildings have one, the others stay dry inside</source>
        <translation>{all} 栋建筑中有 {n} 栋设有门，其余建筑内部保持干燥</translation>
    </message>
    <message>
        <source>Doors</source>
        <translation>门</translation>
    </message>
    <message>
        <source>The sills of {n} doors ({ids}) lie more than {far_m:g} m above or below the ground there: make sure that sill_elev_m and ground_floor_elev_m are in metres above the terrain&apos;s datum.</source>
        <translation>{n} 个门（{ids}）的门槛高出或低于该处地面 {far_m:g} m 以上：请确认 sill_elev_m 和 ground_floor_elev_m 以米为单位，且与地形采用同一高程基准。</translation>
    </message>
    <message>
        <source>below ground: {n}</source>
        <translation>通往地下：{n}</translation>
    </message>
    <message>
        <source>inside a building: {n}</source>
        <translation>在建筑内部：{n}</translation>
    </message>
    <message>
        <source>of upper storeys: {n}</source>
        <translation>属于上部楼层：{n}</translation>
    </message>
    <message>
        <source>sill at the floor or ground, or width of {m:g} m</source>
        <translation>门槛取室内地坪或室外地面，或宽度取 {m:g} m</translation>
    </message>
    <message>
        <source>DOORS have no effect: choose gaps in BUILDINGS_AS, and water enters buildings.</source>
        <translation>DOORS 不起作用：请在 BUILDINGS_AS 中选择 gaps，水才会进入建筑。</translation>
    </message>
    <message>
        <source>Doors need buildings as walls with gaps: choose gaps in BUILDINGS_AS.</source>
        <translation>门要求建筑按带缺口的墙处理：请在 BUILDINGS_AS 中选择 gaps。</translation>
    </message>
    <message>
        <source>Doors must be placed on the terrain of the run.</source>
        <translation>门必须位于本次模拟的地形上。</translation>
    </message>
    <message>
        <source>No building has a door: with BUILDINGS_AS gaps and without DOORS water enters none.</source>
        <translation>没有建筑设有门：BUILDINGS_AS 为 gaps 而没有 DOORS 时，水不会进入任何建筑。</translation>
    </message>
    <message>
        <source>{n} doors ({ids}) have no cell of the terrain without a building near them: no water enters there. Move them to the edge of their building, or choose a larger extent.</source>
        <translation>{n} 个门（{ids}）附近没有无建筑的地形像元：水不会从那里进入。请将它们移到建筑边缘，或选择更大的范围。</translation>
    </message>
    <message>
        <source>local depression</source>
        <translation>局部下凹深度</translation>
    </message>
    <message>
        <source>width of the local depression</source>
        <translation>局部下凹宽度</translation>
    </message>
    <message>
        <source>cross slope</source>
        <translation>横坡</translation>
    </message>
    <message>
        <source>depression of the gutter</source>
        <translation>边沟下凹深度</translation>
    </message>
    <message>
        <source>width of the gutter</source>
        <translation>边沟宽度</translation>
    </message>
    <message>
        <source>{n} outfalls of &apos;{source}&apos; lie at an edge with a level, and have that level outside.</source>
        <translation>“{source}”的 {n} 个排放口位于给定水位的边界处，其外水位取该边界水位。</translation>
    </message>
    <message>
        <source>Full pipes of &apos;{source}&apos; are computed with SURCHARGE_METHOD SLOT, which loses less water than EXTRAN.</source>
        <translation>“{source}”的满管有压流采用 SURCHARGE_METHOD SLOT（普莱斯曼窄缝法）计算，其水量误差小于 EXTRAN。</translation>
    </message>
    <message>
        <source>Choose a layer of points in NODES and one of lines in CONDUITS.</source>
        <translation>请在 NODES 中选择点图层，在 CONDUITS 中选择线图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; is not in a projected CRS in metres, by which pipes have a length: choose a terrain in DTM, whose CRS is used, or reproject the layer.</source>
        <translation>图层“{layer}”不是以米为单位的投影坐标系，无法得出管道长度：请在 DTM 中选择地形（使用其坐标系），或重投影该图层。</translation>
    </message>
    <message>
        <source>DRAINS_RAIN is network, where it rains on the subcatchments of the network only: leave {names} empty, or choose both.</source>
        <translation>DRAINS_RAIN 为 network 时雨只落在管网的子汇水区上：请将 {names} 留空，或选择 both。</translation>
    </message>
    <message>
        <source>The package swmm-toolkit is missing, which reads and computes drains: install it with the button in City Twin&apos;s message or in the Home dock.</source>
        <translation>缺少读取和计算管网的 swmm-toolkit 包：请用 City Twin 消息中的按钮或在主页面板中安装。</translation>
    </message>
    <message>
        <source>Row {row} of BARRIERS (&apos;{layer}&apos;) stands at no opening: give opening_id, or a point at most {near:g} m from one.</source>
        <translation>BARRIERS（“{layer}”）第 {row} 行不在任何开口处：请给出 opening_id，或距开口不超过 {near:g} m 的点。</translation>
    </message>
    <message>
        <source>Row {row} of BARRIERS (&apos;{layer}&apos;) has no height: give height_m (above the sill), crest_elev_m (above datum), or the kind gate, which shuts the opening.</source>
        <translation>BARRIERS（“{layer}”）第 {row} 行没有高度：请给出 height_m（高于门槛）、crest_elev_m（高程），或类型 gate（完全关闭开口）。</translation>
    </message>
    <message>
        <source>Openings of rooms below ground</source>
        <translation>地下空间的开口</translation>
    </message>
    <message>
        <source>UNDERGROUND needs OPENINGS_UNDERGROUND: choose the points at which water enters the rooms.</source>
        <translation>使用 UNDERGROUND 时需要 OPENINGS_UNDERGROUND：请选择水进入地下空间的点图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of OPENINGS_UNDERGROUND has no field sill_elev_m: the level at which water enters, in m above the terrain&apos;s datum.</source>
        <translation>OPENINGS_UNDERGROUND 的图层“{layer}”没有字段 sill_elev_m：即进水门槛的高程（m，与地形同一基准）。</translation>
    </message>
    <message>
        <source>of a room that is left out: {n}</source>
        <translation>所属地下空间被略去：{n}</translation>
    </message>
    <message>
        <source>Row {row} of BARRIERS (&apos;{layer}&apos;) names the opening &apos;{id}&apos;, which OPENINGS_UNDERGROUND does not have: correct opening_id, which is a value of the field id.</source>
        <translation>BARRIERS（“{layer}”）第 {row} 行所指的开口“{id}”不在 OPENINGS_UNDERGROUND 中：请更正 opening_id，它应是字段 id 的值。</translation>
    </message>
    <message>
        <source>Rooms below ground</source>
        <translation>地下空间</translation>
    </message>
    <message>
        <source>The table &apos;{layer}&apos; of {parameter} has no field {names}.</source>
        <translation>{parameter} 的表“{layer}”没有字段 {names}。</translation>
    </message>
    <message>
        <source>Row {row} of UNDERGROUND_LINKS (&apos;{layer}&apos;) needs sill_elev_m (m above datum) and width_m above 0.</source>
        <translation>UNDERGROUND_LINKS（“{layer}”）第 {row} 行需要 sill_elev_m（高程，m）和大于 0 的 width_m。</translation>
    </message>
    <message>
        <source>Passages between rooms below ground</source>
        <translation>地下空间之间的通道</translation>
    </message>
    <message>
        <source>at openings that are not used: {n}</source>
        <translation>所在开口未被使用：{n}</translation>
    </message>
    <message>
        <source>closed from the start, since they have no time and no level: {n}</source>
        <translation>没有时间和水位，从一开始就关闭：{n}</translation>
    </message>
    <message>
        <source>Barriers</source>
        <translation>挡水设施</translation>
    </message>
    <message>
        <source>height or level guessed: {n}</source>
        <translation>高度或高程为推测：{n}</translation>
    </message>
    <message>
        <source>without an opening: {n}</source>
        <translation>没有开口：{n}</translation>
    </message>
    <message>
        <source>width guessed by kind: {n}</source>
        <translation>宽度按类型推测：{n}</translation>
    </message>
    <message>
        <source>without a free cell near: {n}</source>
        <translation>附近没有可用栅格：{n}</translation>
    </message>
    <message>
        <source>of the nearest room: {n}, at most {far:.1f} m away</source>
        <translation>归于最近的地下空间：{n}，最远 {far:.1f} m</translation>
    </message>
    <message>
        <source>{name} has no effect without UNDERGROUND: choose the layer of rooms.</source>
        <translation>没有 UNDERGROUND 时 {name} 不起作用：请选择地下空间图层。</translation>
    </message>
    <message>
        <source>Row {row} of UNDERGROUND_LINKS (&apos;{layer}&apos;) names the room &apos;{id}&apos;, which UNDERGROUND does not have: correct from and to, which are values of the field id.</source>
        <translation>UNDERGROUND_LINKS（“{layer}”）第 {row} 行所指的地下空间“{id}”不在 UNDERGROUND 中：请更正 from 和 to，它们应是字段 id 的值。</translation>
    </message>
    <message>
        <source>no opening leads to it from the terrain</source>
        <translation>没有从地面通向它的开口</translation>
    </message>
    <message>
        <source>no cell of the terrain near it</source>
        <translation>附近没有地形栅格</translation>
    </message>
    <message>
        <source>without a sill: {n}</source>
        <translation>没有门槛高程：{n}</translation>
    </message>
    <message>
        <source>without a point: {n}</source>
        <translation>没有点位：{n}</translation>
    </message>
    <message>
        <source>of a room that is not in UNDERGROUND: {n}</source>
        <translation>所属地下空间不在 UNDERGROUND 中：{n}</translation>
    </message>
    <message>
        <source>of a building without a room: {n}</source>
        <translation>所属建筑没有地下空间：{n}</translation>
    </message>
    <message>
        <source>more than 50 m from every room: {n}</source>
        <translation>距所有地下空间超过 50 m：{n}</translation>
    </message>
    <message>
        <source>windows above their room: {n}</source>
        <translation>高于地下空间的窗：{n}</translation>
    </message>
    <message>
        <source>doors and windows below the ground: {n}</source>
        <translation>低于地面的门窗：{n}</translation>
    </message>
    <message>
        <source>without a level and without an opening: {n}</source>
        <translation>没有高程也没有开口：{n}</translation>
    </message>
    <message>
        <source>without an area and a volume: {n}</source>
        <translation>没有面积和容积：{n}</translation>
    </message>
    <message>
        <source>highest point not above the lowest: {n}</source>
        <translation>最高点不高于最低点：{n}</translation>
    </message>
    <message>
        <source>left out: see the log</source>
        <translation>被略去：见日志</translation>
    </message>
    <message>
        <source>Bridges with less ground below the soffit than their opening is wide: {n} ({names}). The opening counts only where the ground is lower: check width_m, soffit_m and the line.</source>
        <translation>梁底以下地面宽度小于过水孔宽的桥：{n} 个（{names}）。过水孔只计入地面低于梁底之处：请检查 width_m、soffit_m 和线的位置。</translation>
    </message>
    <message>
        <source>Porous buildings are computed by the local inertial scheme, without a first look.</source>
        <translation>多孔建筑用局部惯性格式计算，不做首次粗算。</translation>
    </message>
    <message>
        <source>LISFLOOD-FP knows no porous buildings: choose raise or wall in BUILDINGS_AS.</source>
        <translation>LISFLOOD-FP 不支持多孔建筑：请在 BUILDINGS_AS 中选择 raise 或 wall。</translation>
    </message>
    <message>
        <source>An inflow stands on buildings that are cut out or porous, inflow {number} of the layer: move it beside them.</source>
        <translation>有入流位于被扣除或多孔的建筑上，即图层中的第 {number} 个入流：请把它移到建筑旁边。</translation>
    </message>
    <message>
        <source>The porosity of buildings must be from {least:g} to 1, not {share:g}: 0 is BUILDINGS_AS wall.</source>
        <translation>建筑孔隙率必须在 {least:g} 到 1 之间，不能是 {share:g}：为 0 时请用 BUILDINGS_AS wall。</translation>
    </message>
    <message>
        <source>Without BUILDINGS nothing is porous.</source>
        <translation>没有 BUILDINGS 就没有多孔介质区域。</translation>
    </message>
    <message>
        <source>Porous buildings are computed by the local inertial scheme: choose inertial in SCHEME.</source>
        <translation>多孔建筑只能用局部惯性格式计算：请在 SCHEME 中选择 inertial。</translation>
    </message>
    <message>
        <source>The state in START has other roofs or downpipes than this run: give the same BUILDINGS and DOWNPIPES, or start without it.</source>
        <translation>START 中的状态与本次模拟的屋面或雨落管不同：请给出相同的 BUILDINGS 和 DOWNPIPES，或不使用 START。</translation>
    </message>
    <message>
        <source>The state in START has other sponge surfaces than this run: give the same SURFACES, or start without it.</source>
        <translation>START 中的状态与本次模拟的海绵设施不同：请给出相同的 SURFACES，或不使用 START。</translation>
    </message>
    <message>
        <source>{name} takes water from all wet cells beside the network of drains, so that its inlets count twice: leave it empty, or give DRAIN_AREAS where no network is.</source>
        <translation>在排水管网之外，{name} 还会从所有有水的单元取水，雨水口被重复计算：请将其留空，或对没有管网的区域使用 DRAIN_AREAS。</translation>
    </message>
    <message>
        <source>{n} polygons of INFLOWS are called &apos;{name}&apos;, and the whole hydrograph enters by each of them: give them different names, or make them one polygon.</source>
        <translation>INFLOWS 中有 {n} 个面要素名为“{name}”，每个面要素都会流入整条流量过程线：请为它们设置不同的名称，或合并为一个面要素。</translation>
    </message>
    <message>
        <source>The hydrograph of '{name}' begins at {minutes:g} min with {flow:g} m³/s, which counts from the start of the run on: add a row before it with what flows until then.</source>
        <translation>“{name}”的流量过程线从第 {minutes:g} min 开始，流量为 {flow:g} m³/s，该流量从模拟开始时即计入：请在其前添加一行，给出此前的流量。</translation>
    </message>
    <message>
        <source>{n} nodes of the drains stand in cells that walls, kerbs or levees of STRUCTURES raise ({names}): water reaches their inlets only over the crest. Draw the lines beside them, or choose a smaller CELL_SIZE.</source>
        <translation>{n} 个排水管网节点位于被 STRUCTURES 中的墙、路缘石或堤防抬高的单元内（{names}）：水只有漫过顶部才能到达其雨水口。请将线画在节点旁边，或选择更小的 CELL_SIZE。</translation>
    </message>
    <message>
        <source>{n} openings of rooms below ground take their water from cells that walls, kerbs or levees of STRUCTURES raise ({names}): there it enters only over the crest. Draw the lines beside them, or choose a smaller CELL_SIZE.</source>
        <translation>{n} 个地下空间开口的进水单元被 STRUCTURES 中的墙、路缘石或堤防抬高（{names}）：水只有漫过顶部才能进入。请将线画在开口旁边，或选择更小的 CELL_SIZE。</translation>
    </message>
    <message>
        <source>Gauge {gauge} of {source} has rain at 0 min: a time is the end of its step, so add the step to all times.</source>
        <translation>{source} 中雨量站 {gauge} 在 0 min 有降雨：时间表示时段末，请将所有时间加上一个时段长度。</translation>
    </message>
    <message>
        <source>RETURN_PERIODS has {given} values for {layers} layers: give one for each layer, in their order.</source>
        <translation>RETURN_PERIODS 有 {given} 个值，而图层有 {layers} 个：请按图层顺序为每个图层给出一个值。</translation>
    </message>
    <message>
        <source>{n} rows of the layer &apos;{layer}&apos; have no return period above 0 in the field &apos;{field}&apos;: fill it, or remove the rows.</source>
        <translation>图层“{layer}”有 {n} 行的字段“{field}”没有大于 0 的重现期：请填写或删除这些行。</translation>
    </message>
    <message>
        <source>Damage in {first} (&apos;{here}&apos;) and in {second} (&apos;{there}&apos;) cannot be added: convert one of them first.</source>
        <translation>以 {first}（“{here}”）和 {second}（“{there}”）计的损失不能相加：请先换算其中之一。</translation>
    </message>
    <message>
        <source>RETURN_PERIODS must be years, as in &apos;2; 5; 10; 25&apos;, not &apos;{text}&apos;.</source>
        <translation>RETURN_PERIODS 必须是年数，例如“2; 5; 10; 25”，而不是“{text}”。</translation>
    </message>
    <message>
        <source>The measure avoids {avoided:.6g} a year at {n} assets known with and without it: worth {worth:.6g} over {years:g} years at {rate:g} %, net of its cost {net:.6g}.</source>
        <translation>该措施在有无措施均已知的 {n} 个对象上每年减少损失 {avoided:.6g}：按折现率 {rate:g} % 计，{years:g} 年现值为 {worth:.6g}，扣除费用后为 {net:.6g}。</translation>
    </message>
    <message>
        <source>The events without the measure ({without} years) and with it ({with_it} years) differ: compare the same return periods.</source>
        <translation>无措施的事件（{without} 年）与有措施的事件（{with_it} 年）不同：请比较相同的重现期。</translation>
    </message>
    <message>
        <source>No asset has a known damage in all events: check ID_FIELD and DAMAGE_FIELD.</source>
        <translation>没有任何对象在所有事件中的损失均已知：请检查 ID_FIELD 和 DAMAGE_FIELD。</translation>
    </message>
    <message>
        <source>Expected annual damage {ead:.6g} {unit} by the rule {rule}, rare tail {tail}; the tails are {share:.1f} % of it.</source>
        <translation>年期望损失 {ead:.6g} {unit}，积分规则 {rule}，稀遇端尾部 {tail}；尾部占 {share:.1f} %。</translation>
    </message>
    <message>
        <source>{n} assets cost less in a rarer event than in a more frequent one: see the field falling.</source>
        <translation>{n} 个对象在更稀遇事件中的损失小于较常遇事件：见字段 falling。</translation>
    </message>
    <message>
        <source>{n} of {all} assets have an event without a known damage: they are listed without ead, and the total does not hold them; see the field unknown_events.</source>
        <translation>{all} 个对象中有 {n} 个存在损失未知的事件：它们列出但没有 ead，合计不含它们；见字段 unknown_events。</translation>
    </message>
    <message>
        <source>Damage of events</source>
        <translation>各事件的损失</translation>
    </message>
    <message>
        <source>Damage with the measure</source>
        <translation>有措施时的损失</translation>
    </message>
    <message>
        <source>rows without id: {n}</source>
        <translation>无编号的行：{n}</translation>
    </message>
    <message>
        <source>double ids: {n}</source>
        <translation>重复编号：{n}</translation>
    </message>
    <message>
        <source>no possible damage: {n}</source>
        <translation>不可能的损失值：{n}</translation>
    </message>
    <message>
        <source>{period:g} years: &apos;{layer}&apos;</source>
        <translation>{period:g} 年：“{layer}”</translation>
    </message>
    <message>
        <source>Expected annual damage needs at least two events with different return periods.</source>
        <translation>年期望损失至少需要两个重现期不同的事件。</translation>
    </message>
    <message>
        <source>The return period without damage is {zero:g} years: it must be below that of the most frequent event, {first:g} years.</source>
        <translation>无损失重现期为 {zero:g} 年：它必须小于最常遇事件的重现期 {first:g} 年。</translation>
    </message>
    <message>
        <source>The return period of &apos;{name}&apos; is {period} years: it must be above 0.</source>
        <translation>“{name}”的重现期为 {period} 年：必须大于 0。</translation>
    </message>
    <message>
        <source>&apos;{first}&apos; and &apos;{second}&apos; both have the return period {period:g} years: leave one of them out.</source>
        <translation>“{first}”和“{second}”的重现期都是 {period:g} 年：请去掉其中一个。</translation>
    </message>
    <message>
        <source>{n} rows have no id and are left out.</source>
        <translation>{n} 行没有编号，已略去。</translation>
    </message>
    <message>
        <source>{n} rows repeat an id within one event: the damage of that asset is unknown in that event.</source>
        <translation>{n} 行在同一事件中编号重复：该对象在该事件中的损失按未知处理。</translation>
    </message>
    <message>
        <source>{n} values of damage are negative or no numbers: they count as unknown.</source>
        <translation>{n} 个损失值为负或不是数字：按未知处理。</translation>
    </message>
    <message>
        <source>{n} assets are missing in at least one event: their expected damage is unknown.</source>
        <translation>{n} 个对象至少在一个事件中缺失：其期望损失未知。</translation>
    </message>
    <message>
        <source>The water outside the outfall &apos;{name}&apos; stands at {level:g} m, above the ground of all nodes that meet the street, at most {ground:.2f} m, and runs out of the inlets: make sure that both have one datum.</source>
        <translation>排口“{name}”外的水位为 {level:g} m，高于所有与街道相通的节点的地面（最高 {ground:.2f} m），水会从雨水口涌出：请确认两者采用同一高程基准。</translation>
    </message>
    <message>
        <source>{name} has no effect with INFILTRATION_METHOD {method}.</source>
        <translation>{name} 在 INFILTRATION_METHOD 为 {method} 时不起作用。</translation>
    </message>
    <message>
        <source>{text}; closed for less than a minute at {first:.0f} min</source>
        <translation>{text}；在 {first:.0f} 分钟封闭不足一分钟</translation>
    </message>
    <message>
        <source>The {side} boundary has a level but no height: give {name} in metres above datum, or a TIDE.</source>
        <translation>{side} 边界设为水位但没有数值：请给出 {name}（高于基准面的米数）或 TIDE。</translation>
    </message>
    <message>
        <source>The sills of {n} passages between rooms ({ids}) lie above both ceilings, so that no water passes: make sure that sill_elev_m is in metres above the terrain&apos;s datum.</source>
        <translation>{n} 个房间通道（{ids}）的门槛高于两侧顶板，水无法通过：请确认 sill_elev_m 为相对地形基准面的米数。</translation>
    </message>
    <message>
        <source>The catchments of the sponge surfaces are {catchments:,.0f} m² in all, more than the terrain with {area:,.0f} m²: make sure that catchment_m2 is in m². It changes no water, but capture_pct.</source>
        <translation>海绵设施的汇水面积共 {catchments:,.0f} m²，大于地形面积 {area:,.0f} m²：请确认 catchment_m2 的单位为 m²。它不改变水量，只影响 capture_pct。</translation>
    </message>
    <message>
        <source>No structure lies on the terrain, or their ends lie under buildings or where it has no data: check the CRS of both layers, the extent and the ends.</source>
        <translation>没有构筑物位于地形上，或其端点位于建筑下或无数据处：请检查两个图层的坐标参考系、范围和端点。</translation>
    </message>
    <message>
        <source>LEVEL_NAMES names &apos;{word}&apos;, which is not in the table &apos;{name}&apos;: choose of {known}.</source>
        <translation>LEVEL_NAMES 中的“{word}”不在表“{name}”中：请从 {known} 中选择。</translation>
    </message>
    <message>
        <source>LEVEL_NAMES names a level twice: &apos;{text}&apos;.</source>
        <translation>LEVEL_NAMES 中有重复的等级：“{text}”。</translation>
    </message>
    <message>
        <source>There are {layers} layers in BUILDING_RISK and {levels} warning levels ({names}): give one layer for each level, from the lowest, and name the levels in LEVEL_NAMES.</source>
        <translation>BUILDING_RISK 中有 {layers} 个图层，而预警等级有 {levels} 个（{names}）：请从最低等级起为每个等级提供一个图层，并在 LEVEL_NAMES 中写明各等级。</translation>
    </message>
    <message>
        <source>The table &apos;{name}&apos; has no rows or no column {column}: it needs {columns}.</source>
        <translation>表“{name}”没有行或缺少列 {column}：需要 {columns}。</translation>
    </message>
    <message>
        <source>Row {row} of the table &apos;{name}&apos; has no possible value in {column}: &apos;{value}&apos; is not from {least:,g} to {most:,g}.</source>
        <translation>表“{name}”第 {row} 行的 {column} 值不可能：“{value}”不在 {least:,g} 至 {most:,g} 之间。</translation>
    </message>
    <message>
        <source>Row {row} of the table &apos;{name}&apos; needs an id that no other row has, and a colour such as #ffd500.</source>
        <translation>表“{name}”第 {row} 行需要一个不与其他行重复的 id，以及形如 #ffd500 的颜色。</translation>
    </message>
    <message>
        <source>Row {row} of the table &apos;{name}&apos; must say in counted_from whether its minutes count from the warning or from the start, not &apos;{value}&apos;.</source>
        <translation>表“{name}”第 {row} 行的 counted_from 必须写明分钟数从预警（warning）还是从开始（start）算起，而不是“{value}”。</translation>
    </message>
    <message>
        <source>rank {rank} of the openings, {head:.2f} m above its sill</source>
        <translation>开口排序第 {rank} 位，水位高出门槛 {head:.2f} m</translation>
    </message>
    <message>
        <source>{depth:.2f} m of water; {critical} critical buildings and {people} people in water within {near:g} m</source>
        <translation>水深 {depth:.2f} m；{near:g} m 范围内有 {critical} 栋关键建筑和 {people} 人受淹</translation>
    </message>
    <message>
        <source>class {risk}, {people} people, {depth:.2f} m of water outside</source>
        <translation>风险等级 {risk}，{people} 人，室外水深 {depth:.2f} m</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no plan: choose the .json that the contingency plan wrote.</source>
        <translation>“{name}”不是预案：请选择“应急预案”写出的 .json 文件。</translation>
    </message>
    <message>
        <source>The plan &apos;{name}&apos; has the form {form} and this version of City Twin reads form {ours}: update City Twin.</source>
        <translation>预案“{name}”的格式为 {form}，本版 City Twin 读取格式 {ours}：请更新 City Twin。</translation>
    </message>
    <message>
        <source>The plan &apos;{name}&apos; has no possible value at {place}: choose one that nobody has edited, or make it again.</source>
        <translation>预案“{name}”在 {place} 处的值不可能：请选择未经改动的预案，或重新编制。</translation>
    </message>
    <message>
        <source>The plan &apos;{name}&apos; has more than {most:,} bytes: it is none of ours.</source>
        <translation>预案“{name}”超过 {most:,} 字节：不是本插件写出的文件。</translation>
    </message>
    <message>
        <source>The plan &apos;{name}&apos; cannot be read ({reason}): choose another.</source>
        <translation>预案“{name}”无法读取（{reason}）：请选择其他文件。</translation>
    </message>
    <message>
        <source>{buildings} buildings, {people} people, {closures} closed roads</source>
        <translation>{buildings} 栋建筑，{people} 人，{closures} 条封闭道路</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>{minute:.0f} min</source>
        <translation>第 {minute:.0f} 分钟</translation>
    </message>
    <message>
        <source>class {risk}, {people} people, {depth:.2f} m outside, water inside from {entered}</source>
        <translation>风险等级 {risk}，{people} 人，室外水深 {depth:.2f} m，进水时间：{entered}</translation>
    </message>
    <message>
        <source>closed from {closes} to {opens}, {depth:.2f} m deep</source>
        <translation>封闭时段：{closes} 至 {opens}，水深 {depth:.2f} m</translation>
    </message>
    <message>
        <source>{capacity} places; {state}</source>
        <translation>容量 {capacity} 人；{state}</translation>
    </message>
    <message>
        <source>{people} people to {shelter}</source>
        <translation>{people} 人前往 {shelter}</translation>
    </message>
    <message>
        <source>to {shelter} by {length:.0f} m, leave by {latest}</source>
        <translation>前往 {shelter}，路程 {length:.0f} m，最晚出发：{latest}</translation>
    </message>
    <message>
        <source>{people} people without a place: {reason}</source>
        <translation>{people} 人无处安置：{reason}</translation>
    </message>
    <message>
        <source>{kind} at {place} by {minute}</source>
        <translation>{kind}，位置：{place}，最迟：{minute}</translation>
    </message>
    <message>
        <source>{who}, at {minute}</source>
        <translation>{who}，{minute}</translation>
    </message>
    <message>
        <source>usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>{who}: {what}</source>
        <translation>{who}：{what}</translation>
    </message>
    <message>
        <source>{name} works at {place}</source>
        <translation>{name} 在 {place} 投入使用</translation>
    </message>
    <message>
        <source>{road} closes, {depth:.2f} m at the deepest</source>
        <translation>{road} 封闭，最大水深 {depth:.2f} m</translation>
    </message>
    <message>
        <source>Most water in the area</source>
        <translation>区域内水量达到最大</translation>
    </message>
    <message>
        <source>End of the run</source>
        <translation>模拟结束</translation>
    </message>
    <message>
        <source>Warning: {level}</source>
        <translation>预警：{level}</translation>
    </message>
    <message>
        <source>Last safe departure of {people} people of {block} to {shelter}</source>
        <translation>{block} 的 {people} 人前往 {shelter} 的最晚安全出发时刻</translation>
    </message>
    <message>
        <source>{people} people of {block} leave for {shelter}</source>
        <translation>{block} 的 {people} 人出发前往 {shelter}</translation>
    </message>
    <message>
        <source>Water enters {building}, {people} people</source>
        <translation>水进入 {building}，{people} 人</translation>
    </message>
    <message>
        <source>{asset} fails without {others}</source>
        <translation>{asset} 因 {others} 失效而停运</translation>
    </message>
    <message>
        <source>{asset} fails in water</source>
        <translation>{asset} 因受淹而停运</translation>
    </message>
    <message>
        <source>{road} opens again</source>
        <translation>{road} 恢复通行</translation>
    </message>
    <message>
        <source>AREAS needs assets with a place and a CRS: the first layer of ASSESSMENTS has none. Choose a layer with geometries, or set its CRS in the layer&apos;s properties.</source>
        <translation>AREAS 需要有位置和坐标参考系的对象：ASSESSMENTS 的第一个图层没有。请选择有几何的图层，或在图层属性中设置其坐标参考系。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of DISTRICTS has no features.</source>
        <translation>DISTRICTS 的图层“{layer}”没有要素。</translation>
    </message>
    <message>
        <source>The rows of AREAS add up to {sum:.6g}; {n} districts hold no asset.</source>
        <translation>AREAS 各行合计 {sum:.6g}；{n} 个片区内没有对象。</translation>
    </message>
    <message>
        <source>{n} assets lie in no district: AREAS has a row for them.</source>
        <translation>{n} 个对象不在任何片区内：AREAS 为它们单列一行。</translation>
    </message>
    <message>
        <source>{n} assets have no geometry: AREAS has a row for them.</source>
        <translation>{n} 个对象没有几何：AREAS 为它们单列一行。</translation>
    </message>
    <message>
        <source>{n} assets lie in several districts: each counts in the last of them.</source>
        <translation>{n} 个对象位于多个片区内：每个对象计入其中最后一个片区。</translation>
    </message>
    <message>
        <source>{n} districts have the name of another one: their rows cannot be distinguished by it.</source>
        <translation>{n} 个片区与其他片区同名：无法按名称区分它们的行。</translation>
    </message>
    <message>
        <source>Districts</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of DISTRICTS holds no polygons: choose one of areas.</source>
        <translation>DISTRICTS 的图层“{layer}”没有面：请选择面图层。</translation>
    </message>
    <message>
        <source>None of the roads has a length: choose a layer of lines.</source>
        <translation>所有道路的长度均为零：请选择线图层。</translation>
    </message>
    <message>
        <source>ways to shelters</source>
        <translation>通往避难场所的路线</translation>
    </message>
    <message>
        <source>fastest ways</source>
        <translation>最快路线</translation>
    </message>
    <message>
        <source>no road is near</source>
        <translation>附近没有道路</translation>
    </message>
    <message>
        <source>no way to a shelter stays open long enough</source>
        <translation>没有一条通往避难场所的路线能在通过之前保持通行</translation>
    </message>
    <message>
        <source>there is no shelter that can be used</source>
        <translation>没有可用的避难场所</translation>
    </message>
    <message>
        <source>the shelters that they can reach in time are full</source>
        <translation>能及时到达的避难场所均已满员</translation>
    </message>
    <message>
        <source>{n} nodes and pipes of &apos;{source}&apos; have other levels or sizes than in START: their depths were taken over, so that they hold other volumes. Start without START unless that is meant.</source>
        <translation>“{source}”中有 {n} 个节点和管道的高程或尺寸与 START 中的不同：沿用了其水深，因此所存水量不同。若非有意，请不用 START 起算。</translation>
    </message>
    <message>
        <source>&apos;{source}&apos;, line {line}: the inflow of &apos;{name}&apos; falls to {value:g}, and SWMM takes it whether there is water or not. Make it a pump or an outlet to an outfall, or correct its sign.</source>
        <translation>“{source}”第 {line} 行：“{name}”的入流降至 {value:g}，而无论有没有水，SWMM 都会取走它。请改为通向排放口的水泵或出水构筑物（outlet），或更正其正负号。</translation>
    </message>
    <message>
        <source>factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>基流值</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>{n} conduits of &apos;{source}&apos; are streets (cross-section STREET), such as &apos;{name}&apos;, which the terrain has, too: water runs on both. Take them out of the input.</source>
        <translation>“{source}”中有 {n} 条管渠是街道（断面 STREET），例如“{name}”，而地形中也有这些街道：水会同时在两者上流动。请从输入文件中去掉它们。</translation>
    </message>
    <message>
        <source>The water is that of a run of the flood simulation, which keeps it off the cells of buildings: by the rule {rule} their depths are too low. Choose ring for RULE, unless the run had no BUILDINGS.</source>
        <translation>水情来自洪水模拟，模拟中建筑所在单元不进水：按规则 {rule} 得到的水深偏小。除非该次模拟未使用 BUILDINGS，否则 RULE 请选择 ring。</translation>
    </message>
    <message>
        <source>fewer than two cells have their centre in the footprint: all that it covers count, by area</source>
        <translation>中心位于基底内的单元不足两个：按面积计入其覆盖的全部单元</translation>
    </message>
    <message>
        <source>no area: the cell under the middle is taken</source>
        <translation>无面积：取其中点所在单元</translation>
    </message>
    <message>
        <source>water by the rule {rule}</source>
        <translation>水情按规则 {rule} 取值</translation>
    </message>
    <message>
        <source>Cells under buildings</source>
        <translation>建筑下方的单元</translation>
    </message>
    <message>
        <source>There was no rain and no inflow, and no water came over an edge, whose levels stay below the ground there: the result is dry.</source>
        <translation>没有降雨，也没有入流；边界水位始终低于该处地面，没有水越过边界：结果为全干。</translation>
    </message>
    <message>
        <source>the hydrograph of &apos;{name}&apos;</source>
        <translation>“{name}”的流量过程</translation>
    </message>
    <message>
        <source>The run ends after {end:g} min, before {source} does ({last:g} min): {volume:,.0f} m³ that flow later are left out. Give a longer DURATION_MIN if they matter.</source>
        <translation>模拟在 {end:g} min 结束，早于{source}的结束时间（{last:g} min）：其后流入的 {volume:,.0f} m³ 未计入。如果这部分水量重要，请加大 DURATION_MIN。</translation>
    </message>
    <message>
        <source>INFLOW_TABLE has a discharge of {flow:g} m³/s of '{name}': correct it. A pump in STRUCTURES takes water away.</source>
        <translation>INFLOW_TABLE 中“{name}”的流量为 {flow:g} m³/s：请更正。抽走水量请用 STRUCTURES 中的水泵。</translation>
    </message>
    <message>
        <source>RAIN has an areal_factor of {factor:g}: it is a share above 0 and at most 1. Correct it, or leave it empty.</source>
        <translation>RAIN 的 areal_factor 为 {factor:g}：它应大于 0 且不超过 1。请更正，或留空。</translation>
    </message>
    <message>
        <source>RAIN has areal factors from {low:g} to {high:g}: SUMMARY has that of the whole storm, {whole:.4g}. The depths are taken as they are.</source>
        <translation>RAIN 的面雨量折减系数从 {low:g} 到 {high:g} 不等：SUMMARY 中为整场降雨的系数 {whole:.4g}。雨量按表中数值采用。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; of RAIN_RASTERS has several variables of rain: choose one, {variables}.</source>
        <translation>RAIN_RASTERS 的“{name}”有多个降雨变量：请选择其中一个，{variables}。</translation>
    </message>
    <message>
        <source>Of the variables of &apos;{file}&apos;, {variable} has a unit of rain, and counts.</source>
        <translation>在“{file}”的变量中，{variable} 具有降雨单位，予以采用。</translation>
    </message>
    <message>
        <source>&apos;{table}&apos; has the columns {columns}: {first} counts.</source>
        <translation>“{table}”有列 {columns}：采用 {first}。</translation>
    </message>
    <message>
        <source>{first} or {second}</source>
        <translation>{first} 或 {second}</translation>
    </message>
    <message>
        <source>BUILDING_POROSITY has no effect: choose porosity in BUILDINGS_AS.</source>
        <translation>BUILDING_POROSITY 不起作用：请在 BUILDINGS_AS 中选择 porosity。</translation>
    </message>
    <message>
        <source>{name} has no effect without {needed}.</source>
        <translation>没有 {needed}，{name} 不起作用。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; has {n} bands, of which the first counts{name}. Bring another one to the first place with &apos;Rearrange bands&apos;.</source>
        <translation>栅格“{layer}”有 {n} 个波段，采用第一个{name}。如需其他波段，请用“重排波段”把它移到第一位。</translation>
    </message>
    <message>
        <source>The level of {level:g} m in the {side} stands {above:,.0f} m above the highest ground of that edge, higher than any water body does: give metres above the terrain&apos;s datum (a tide in cm goes into the column level_cm), and make sure of TIDE_DATUM_M.</source>
        <translation>{side}侧水位 {level:g} m 比该边界最高地面高 {above:,.0f} m，没有任何水体会这么高：请给出相对地形基准面的米数（以 cm 计的潮位请放在 level_cm 列），并核对 TIDE_DATUM_M。</translation>
    </message>
    <message>
        <source>{source} ends at {last:g} min, before the run begins: its last value, {value:g}, counts all the time. Make sure that its times are minutes from the start.</source>
        <translation>{source}在 {last:g} min 结束，早于模拟开始：全程采用其最后一个值 {value:g}。请确认其时间是从开始起算的分钟数。</translation>
    </message>
    <message>
        <source>{source} begins at {first:g} min, and the run ends at {end:g} min: its first value, {value:g}, counts all the time. Make sure that its times are minutes from the start.</source>
        <translation>{source}从 {first:g} min 开始，而模拟在 {end:g} min 结束：全程采用其第一个值 {value:g}。请确认其时间是从开始起算的分钟数。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; has no CRS: run the simulation again.</source>
        <translation>结果“{path}”没有坐标参考系：请重新运行模拟。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; has one time only: rooms fill over time, so choose a result with several.</source>
        <translation>结果“{path}”只有一个时刻：地下空间随时间进水，请选择含多个时刻的结果。</translation>
    </message>
    <message>
        <source>The result &apos;{path}&apos; does not hold the ground: choose one that &apos;Simulate flood&apos; wrote.</source>
        <translation>结果“{path}”不含地面高程：请选择“洪水模拟”写出的结果。</translation>
    </message>
    <message>
        <source>RESULT has a time every {step:g} min only; levels between two are interpolated, so that minutes are rough. For better ones simulate with a shorter OUTPUT_STEP_MIN.</source>
        <translation>RESULT 每 {step:g} min 才有一个时刻；其间水位为插值，因此分钟数较粗略。要更准确，请用更短的 OUTPUT_STEP_MIN 模拟。</translation>
    </message>
    <message>
        <source>{n:,} cells that stand 5 m above their neighbours count as buildings, since BUILDINGS is empty.</source>
        <translation>BUILDINGS 为空，高出相邻栅格 5 m 的 {n:,} 个栅格视为建筑。</translation>
    </message>
    <message>
        <source>The rooms hold up to {most:,.0f} m³, which is {share:.1f} % of the most water in RESULT at one time ({street:,.0f} m³). It is not taken from the street of RESULT.</source>
        <translation>地下空间最多容纳 {most:,.0f} m³，为 RESULT 同一时刻最大水量（{street:,.0f} m³）的 {share:.1f} %。这些水未从 RESULT 的街道中扣除。</translation>
    </message>
    <message>
        <source>{n} values of the field &apos;{field}&apos; of &apos;{layer}&apos; are no amounts of money: they count as unknown.</source>
        <translation>“{layer}”的字段“{field}”有 {n} 个值不是金额：按未知处理。</translation>
    </message>
    <message>
        <source>Of {n} rooms it is more than 5 % of the water near their openings (street_pct): there the street would stand lower and the rooms fill less. Give the same layers to UNDERGROUND of &apos;Simulate flood&apos;, which computes both together.</source>
        <translation>其中 {n} 个空间的水量超过开口附近水量的 5 %（street_pct）：那里的街道水位会更低，空间进水会更少。请把相同的图层交给“洪水模拟”的 UNDERGROUND，它同时计算两者。</translation>
    </message>
    <message>
        <source>{found} {advice}</source>
        <translation>{found}{advice}</translation>
    </message>
    <message>
        <source>{n} rooms below ground have no opening in OPENINGS_UNDERGROUND: a door 0.15 m above the ground floor, or above the ground, is assumed where the water beside them stands highest ({ids}). Their confidence is none.</source>
        <translation>有 {n} 个地下空间在 OPENINGS_UNDERGROUND 中没有开口：在其旁水位最高处假定一扇门，门槛高于底层地面（或室外地面）0.15 m（{ids}）。其可信度为 none。</translation>
    </message>
    <message>
        <source>VALUE_FIELD is money: name its currency in CURRENCY, such as CNY.</source>
        <translation>VALUE_FIELD 是金额：请在 CURRENCY 中给出货币，例如 CNY。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of UNDERGROUND has no room that can be used: it needs polygons and levels (bottom_elev_m and top_elev_m in m above the terrain&apos;s datum); the log says what is left out.</source>
        <translation>UNDERGROUND 的图层“{layer}”没有可用的地下空间：需要面和高程（bottom_elev_m 和 top_elev_m，m，与地形同一基准）；日志说明略去了什么。</translation>
    </message>
    <message>
        <source>No opening of the rooms of &apos;{layer}&apos; lies on the cells of RESULT: check the CRS of the layers and the extent of the run.</source>
        <translation>“{layer}”的地下空间没有任何开口位于 RESULT 的栅格上：请检查图层的坐标参考系和模拟范围。</translation>
    </message>
    <message>
        <source>Values of rooms below ground</source>
        <translation>地下空间的价值</translation>
    </message>
    <message>
        <source>The run of RESULT carried {n} rooms below ground itself: its street has lost that water already. Its own UNDERGROUND_FILLED is better than these numbers, unless rooms, openings or barriers differ.</source>
        <translation>RESULT 的模拟自身已计算了 {n} 个地下空间：其街道已扣除这些水量。除非空间、开口或挡水设施不同，其自身的 UNDERGROUND_FILLED 优于这里的数值。</translation>
    </message>
    <message>
        <source>At the end of RESULT water still enters {n} rooms below ground ({ids}): simulate a longer time to see them at their fullest.</source>
        <translation>RESULT 结束时仍有水进入 {n} 个地下空间（{ids}）：请模拟更长时间以得到最大水量。</translation>
    </message>
    <message>
        <source>UNDERGROUND is empty: choose the layer of rooms below ground.</source>
        <translation>UNDERGROUND 为空：请选择地下空间图层。</translation>
    </message>
    <message>
        <source>without an opening in the layer, one is assumed: {n}</source>
        <translation>图层中没有开口，假定一个：{n}</translation>
    </message>
    <message>
        <source>sill guessed from the ground: {n}</source>
        <translation>门槛高程按地面推测：{n}</translation>
    </message>
    <message>
        <source>assumed: {n}</source>
        <translation>假定：{n}</translation>
    </message>
    <message>
        <source>{n} barriers of &apos;{layer}&apos; hold no water back: their crest is not above the sill of the opening, or they fail before they close. Correct crest_elev_m, height_m, closes_at_min or fails_at_min.</source>
        <translation>“{layer}”中有 {n} 个挡水设施挡不住水：其顶高程不高于开口的门槛，或在关闭之前就失效。请更正 crest_elev_m、height_m、closes_at_min 或 fails_at_min。</translation>
    </message>
    <message>
        <source>{n} rows of &apos;{layer}&apos; have the id of another row: where an id is named, the first row counts.</source>
        <translation>“{layer}”有 {n} 行与其他行的 id 相同：按 id 引用时以第一行为准。</translation>
    </message>
    <message>
        <source>{n} values of the field &apos;{field}&apos; of &apos;{layer}&apos; are no numbers from {least:g} to {most:g}, such as &apos;{value}&apos;: they count as unknown.</source>
        <translation>“{layer}”的字段“{field}”有 {n} 个值不是 {least:g} 到 {most:g} 之间的数，例如“{value}”：按未知处理。</translation>
    </message>
    <message>
        <source>road that closes, with the time</source>
        <translation>封闭道路及封闭时间</translation>
    </message>
    <message>
        <source>way to a shelter</source>
        <translation>前往避难场所的路线</translation>
    </message>
    <message>
        <source>shelter, with people and places</source>
        <translation>避难场所，含人数与容量</translation>
    </message>
    <message>
        <source>shelter that cannot be used</source>
        <translation>不可用的避难场所</translation>
    </message>
    <message>
        <source>people who leave</source>
        <translation>需转移的人员</translation>
    </message>
    <message>
        <source>people without a place, how many</source>
        <translation>无处安置的人员及人数</translation>
    </message>
    <message>
        <source>pump</source>
        <translation>水泵</translation>
    </message>
    <message>
        <source>barrier</source>
        <translation>挡水设施</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Greatest depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Buildings by risk class</source>
        <translation>建筑风险等级</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>{title} (continued)</source>
        <translation>{title}（续）</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Time (h:min)</source>
        <translation>时间（时:分）</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>Drawing the maps</source>
        <translation>正在绘制地图</translation>
    </message>
    <message>
        <source>Drawing the plan</source>
        <translation>正在绘制预案</translation>
    </message>
    <message>
        <source>Laying out the plan</source>
        <translation>正在排版预案</translation>
    </message>
    <message>
        <source>Marks are moments; the numbers at the right count the events.</source>
        <translation>短线为各事件的时刻；右侧数字为事件数。</translation>
    </message>
    <message>
        <source>There is no map: the plan has nothing with a place on it.</source>
        <translation>没有地图：预案中没有带位置的内容。</translation>
    </message>
    <message>
        <source>Plan {id}, without an earlier version</source>
        <translation>预案 {id}，无先前版本</translation>
    </message>
    <message>
        <source>{day} UTC, {days:,.0f} days old</source>
        <translation>{day} UTC，{days:,.0f} 天前</translation>
    </message>
    <message>
        <source>Annex: what the plan was made of</source>
        <translation>附录：预案的编制依据</translation>
    </message>
    <message>
        <source>Plan {id}, after {previous}</source>
        <translation>预案 {id}，先前版本 {previous}</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>The plan names no sources.</source>
        <translation>预案未列出数据来源。</translation>
    </message>
    <message>
        <source>The age of an input is counted to the moment when the plan was made.</source>
        <translation>数据的时效按编制预案的时刻计算。</translation>
    </message>
    <message>
        <source>{day} UTC, after the plan</source>
        <translation>{day} UTC，晚于预案编制</translation>
    </message>
    <message>
        <source>{day} UTC, {hours:.0f} h old</source>
        <translation>{day} UTC，{hours:.0f} 小时前</translation>
    </message>
    <message>
        <source>Warning levels</source>
        <translation>预警等级</translation>
    </message>
    <message>
        <source>The plan has no warning levels.</source>
        <translation>预案没有预警等级。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>参数设置</translation>
    </message>
    <message>
        <source>What is doubtful</source>
        <translation>存疑之处</translation>
    </message>
    <message>
        <source>The inputs gave no warnings.</source>
        <translation>输入数据没有产生警告。</translation>
    </message>
    <message>
        <source>What is not known</source>
        <translation>未知之处</translation>
    </message>
    <message>
        <source>Every road has a time, and every block a road.</source>
        <translation>每条道路都有时间，每个街区都有道路。</translation>
    </message>
    <message>
        <source>How to read the figures</source>
        <translation>数字的读法</translation>
    </message>
    <message>
        <source>The limits of still water for vehicles (0.30 m small cars, 0.40 m large cars, 0.50 m four-wheel drives) are from a draft (AR&amp;R project 10, stage 2, Shand and others 2011). Its authors call them interim; the draft endorses no depth as safe. Nobody should drive into flood water on the strength of this plan.</source>
        <translation>车辆的静水限值（小型车 0.30 米、大型车 0.40 米、四驱车 0.50 米）取自一份草案（AR&amp;R 第 10 项目第 2 阶段，Shand 等，2011）。其作者称之为暂行值；该草案不认可任何水深为安全水深。任何人都不应依据本预案驾车驶入积水。</translation>
    </message>
    <message>
        <source>Roads that close at an unknown time: {count:,}.</source>
        <translation>封闭时间未知的道路：{count:,} 条。</translation>
    </message>
    <message>
        <source>Buildings with water inside from an unknown time: {count:,}.</source>
        <translation>进水时间未知的建筑：{count:,} 栋。</translation>
    </message>
    <message>
        <source>Blocks without a road near: {count:,}.</source>
        <translation>附近没有道路的街区：{count:,} 个。</translation>
    </message>
    <message>
        <source>Shelters without a road near: {count:,}.</source>
        <translation>附近没有道路的避难场所：{count:,} 处。</translation>
    </message>
    <message>
        <source>The flood run of this level does not say its id.</source>
        <translation>该等级的洪水模拟未注明编号。</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Hours and minutes from the start of the simulated rain; a minus stands for before it.</source>
        <translation>自模拟降雨开始起的时和分；负号表示降雨开始之前。</translation>
    </message>
    <message>
        <source>Depths</source>
        <translation>水深</translation>
    </message>
    <message>
        <source>0.15 m of water closes a lane, 0.30 m a road, and 0.50 m endangers people, unless the settings say otherwise.</source>
        <translation>水深 0.15 米封闭车道，0.30 米封闭道路，0.50 米危及人身安全；参数设置另有规定的除外。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>1: water around the building and none inside. 2: inside, less than 0.15 m above a sill. 3: less than 0.5 m, or a basement. 4: 0.5 m and more.</source>
        <translation>1：建筑周围有水，室内无水。2：室内进水，高出门槛不足 0.15 米。3：不足 0.5 米，或地下室进水。4：0.5 米及以上。</translation>
    </message>
    <message>
        <source>An estimate from the data of the buildings or their floor area. It is no register of residents.</source>
        <translation>按建筑数据或建筑面积估算，并非居民登记数。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The water is that of a model of terrain and rain, not a forecast. The real storm will differ.</source>
        <translation>水情为地形与降雨模型的计算结果，并非预报；实际暴雨会有所不同。</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Layer or file</source>
        <translation>图层或文件</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>最后修改</translation>
    </message>
    <message>
        <source>SHA-256, first letters</source>
        <translation>SHA-256（前若干位）</translation>
    </message>
    <message>
        <source>Flood run</source>
        <translation>洪水模拟</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Threshold of rain</source>
        <translation>降雨阈值</translation>
    </message>
    <message>
        <source>Simulated storm</source>
        <translation>模拟暴雨</translation>
    </message>
    <message>
        <source>Source of the threshold</source>
        <translation>阈值来源</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>缺失内容</translation>
    </message>
    <message>
        <source>made {day} UTC</source>
        <translation>编制于 {day} UTC</translation>
    </message>
    <message>
        <source>At the highest level water enters {inside:,} buildings and closes {roads:,} roads; {moving:,} people have to leave, and {unplaced:,} of them have no place.</source>
        <translation>在最高等级下，{inside:,} 栋建筑进水，{roads:,} 条道路封闭；{moving:,} 人需要转移，其中 {unplaced:,} 人无处安置。</translation>
    </message>
    <message>
        <source>roads close, {length} in all, the first at {time}</source>
        <translation>条道路封闭，共 {length}，最早于 {time}</translation>
    </message>
    <message>
        <source>{used:,}, and {excluded:,} not usable</source>
        <translation>{used:,} 处，另有 {excluded:,} 处不可用</translation>
    </message>
    <message>
        <source>What the water reaches</source>
        <translation>积水影响范围</translation>
    </message>
    <message>
        <source>Flood contingency plan</source>
        <translation>防洪排涝应急预案</translation>
    </message>
    <message>
        <source>plan {id}, version {version}</source>
        <translation>预案 {id}，第 {version} 版</translation>
    </message>
    <message>
        <source>roads close</source>
        <translation>条道路封闭</translation>
    </message>
    <message>
        <source>roads close, {length} in all</source>
        <translation>条道路封闭，共 {length}</translation>
    </message>
    <message>
        <source>The levels side by side</source>
        <translation>各预警等级对照</translation>
    </message>
    <message>
        <source>{depth} mm of rain</source>
        <translation>降雨 {depth} 毫米</translation>
    </message>
    <message>
        <source>{minutes:.0f} min</source>
        <translation>{minutes:.0f} 分钟</translation>
    </message>
    <message>
        <source>What to do when</source>
        <translation>处置时序</translation>
    </message>
    <message>
        <source>Roads and measures</source>
        <translation>道路与措施</translation>
    </message>
    <message>
        <source>People and shelters</source>
        <translation>人员与避难场所</translation>
    </message>
    <message>
        <source>Greatest depth of the water in {district}</source>
        <translation>{district}的最大水深</translation>
    </message>
    <message>
        <source>The plan cannot place everybody: see the people without a place in the section of each level.</source>
        <translation>预案无法安置全部人员：请见各等级中的“无处安置的人员”。</translation>
    </message>
    <message>
        <source>Results of a model of the terrain and of the storms named here; they are no forecast. A level is declared by whoever is in charge, and not by this plan.</source>
        <translation>结果来自地形模型和此处所列的暴雨，并非预报。预警等级由主管部门发布，而不由本预案发布。</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>应急响应</translation>
    </message>
    <message>
        <source>Warning before the rain</source>
        <translation>雨前预警提前量</translation>
    </message>
    <message>
        <source>Buildings reached</source>
        <translation>受影响建筑</translation>
    </message>
    <message>
        <source>Buildings with water inside</source>
        <translation>进水建筑</translation>
    </message>
    <message>
        <source>People in the buildings reached</source>
        <translation>受影响建筑内人数</translation>
    </message>
    <message>
        <source>Critical facilities reached</source>
        <translation>受影响的重要设施</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Roads to close</source>
        <translation>需封闭道路</translation>
    </message>
    <message>
        <source>First road closes (h:min)</source>
        <translation>首条道路封闭（时:分）</translation>
    </message>
    <message>
        <source>People with a place</source>
        <translation>已安置人数</translation>
    </message>
    <message>
        <source>People without a place</source>
        <translation>无处安置人数</translation>
    </message>
    <message>
        <source>Shelters used</source>
        <translation>启用的避难场所</translation>
    </message>
    <message>
        <source>Measures placed</source>
        <translation>已布置的措施</translation>
    </message>
    <message>
        <source>Greatest depth of the water, roads that close, ways to the shelters</source>
        <translation>最大水深、封闭道路、前往避难场所的路线</translation>
    </message>
    <message>
        <source>The plan has no warning levels: it says nothing.</source>
        <translation>预案没有预警等级，因此没有内容。</translation>
    </message>
    <message>
        <source>people without a place in a shelter</source>
        <translation>名人员无处安置</translation>
    </message>
    <message>
        <source>buildings with water inside, of {count:,} reached</source>
        <translation>栋建筑进水（受影响共 {count:,} 栋）</translation>
    </message>
    <message>
        <source>buildings reached by water</source>
        <translation>栋建筑受积水影响</translation>
    </message>
    <message>
        <source>of them with water inside</source>
        <translation>栋其中进水</translation>
    </message>
    <message>
        <source>people in them, estimated</source>
        <translation>人在其中（估算）</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>The time line of this level is empty.</source>
        <translation>该等级的时间线为空。</translation>
    </message>
    <message>
        <source>The plan has no districts: its sums are for the whole area.</source>
        <translation>预案没有片区：合计为整个区域。</translation>
    </message>
    <message>
        <source>Critical facilities reached by water: {count:,}</source>
        <translation>受积水影响的重要设施：{count:,}</translation>
    </message>
    <message>
        <source>Water reaches no critical facility at this level.</source>
        <translation>该等级下没有重要设施受积水影响。</translation>
    </message>
    <message>
        <source>Other buildings with water inside: {count:,}</source>
        <translation>其他进水建筑：{count:,}</translation>
    </message>
    <message>
        <source>Water enters no other building at this level.</source>
        <translation>该等级下没有其他建筑进水。</translation>
    </message>
    <message>
        <source>Buildings reached by water: {count:,}</source>
        <translation>受积水影响的建筑：{count:,}</translation>
    </message>
    <message>
        <source>Water reaches no building of this district at this level.</source>
        <translation>该等级下本片区没有建筑受积水影响。</translation>
    </message>
    <message>
        <source>The worst {shown:,}; the tables of the level have more.</source>
        <translation>最严重的 {shown:,} 栋；更多见该等级的表格。</translation>
    </message>
    <message>
        <source>Pumps, barriers and other measures: {count:,}</source>
        <translation>水泵、挡水设施及其他措施：{count:,}</translation>
    </message>
    <message>
        <source>The plan places no measures at this level.</source>
        <translation>预案在该等级下未布置措施。</translation>
    </message>
    <message>
        <source>Check-list</source>
        <translation>检查清单</translation>
    </message>
    <message>
        <source>The table of actions has none for this level.</source>
        <translation>行动表中没有该等级的行动。</translation>
    </message>
    <message>
        <source>What happens when</source>
        <translation>事件时序</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>行动</translation>
    </message>
    <message>
        <source>Latest departures</source>
        <translation>最晚出发</translation>
    </message>
    <message>
        <source>Measures work</source>
        <translation>措施到位</translation>
    </message>
    <message>
        <source>Roads close</source>
        <translation>道路封闭</translation>
    </message>
    <message>
        <source>Roads open</source>
        <translation>道路恢复</translation>
    </message>
    <message>
        <source>Water enters buildings</source>
        <translation>建筑进水</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Peak and end</source>
        <translation>峰值与结束</translation>
    </message>
    <message>
        <source>All</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>District</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Water inside</source>
        <translation>室内进水</translation>
    </message>
    <message>
        <source>People, estimated</source>
        <translation>人数（估算）</translation>
    </message>
    <message>
        <source>Critical facilities</source>
        <translation>重要设施</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Depth outside (m)</source>
        <translation>室外水深（米）</translation>
    </message>
    <message>
        <source>Water inside from (h:min)</source>
        <translation>进水时间（时:分）</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>In place by (h:min)</source>
        <translation>到位时间（时:分）</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The first {shown:,} of {count:,}; the output {layer} has all.</source>
        <translation>前 {shown:,} 项，共 {count:,} 项；输出 {layer} 中有全部内容。</translation>
    </message>
    <message>
        <source>Close a road before its time; the time is when the water reaches the depth that closes it.</source>
        <translation>应在所列时间之前封闭道路；该时间为水深达到封闭限值的时刻。</translation>
    </message>
    <message>
        <source>Roads to close: {count:,}</source>
        <translation>需封闭道路：{count:,}</translation>
    </message>
    <message>
        <source>No road closes at this level.</source>
        <translation>该等级下没有道路封闭。</translation>
    </message>
    <message>
        <source>After the latest departure a road of the way is closed: the people must have left before.</source>
        <translation>超过最晚出发时间，途中会有道路封闭：人员须在此之前出发。</translation>
    </message>
    <message>
        <source>Who goes where: {people:,} people</source>
        <translation>人员去向：{people:,} 人</translation>
    </message>
    <message>
        <source>Nobody is sent to a shelter at this level.</source>
        <translation>该等级下没有人员转移到避难场所。</translation>
    </message>
    <message>
        <source>For them another place or another way must be found before this level is declared.</source>
        <translation>在发布该等级之前，须为他们另找安置地点或路线。</translation>
    </message>
    <message>
        <source>People without a place: {people:,}</source>
        <translation>无处安置的人员：{people:,} 人</translation>
    </message>
    <message>
        <source>Everybody who has to leave has a place.</source>
        <translation>需转移的人员全部得到安置。</translation>
    </message>
    <message>
        <source>Shelters: {count:,}</source>
        <translation>避难场所：{count:,}</translation>
    </message>
    <message>
        <source>The plan has no shelters.</source>
        <translation>预案没有避难场所。</translation>
    </message>
    <message>
        <source>What the shelters need</source>
        <translation>避难场所物资需求</translation>
    </message>
    <message>
        <source>The plan counts no needs of the people in shelters.</source>
        <translation>预案未计算避难人员的需求。</translation>
    </message>
    <message>
        <source>For the people who have a place; figures per person from an editable table.</source>
        <translation>按已安置人数计算；人均指标取自可编辑的表格。</translation>
    </message>
    <message>
        <source>not before the end</source>
        <translation>至结束仍未恢复</translation>
    </message>
    <message>
        <source>can be used</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Closes (h:min)</source>
        <translation>封闭（时:分）</translation>
    </message>
    <message>
        <source>Opens (h:min)</source>
        <translation>恢复（时:分）</translation>
    </message>
    <message>
        <source>Greatest depth (m)</source>
        <translation>最大水深（米）</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>街区</translation>
    </message>
    <message>
        <source>Shelter</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>路程</translation>
    </message>
    <message>
        <source>Leaves (h:min)</source>
        <translation>出发（时:分）</translation>
    </message>
    <message>
        <source>Arrives (h:min)</source>
        <translation>到达（时:分）</translation>
    </message>
    <message>
        <source>Latest departure (h:min)</source>
        <translation>最晚出发（时:分）</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>People who come</source>
        <translation>接收人数</translation>
    </message>
    <message>
        <source>Places left</source>
        <translation>剩余容量</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>物资</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>{depth} mm in {hours} h</source>
        <translation>{hours} 小时 {depth} 毫米</translation>
    </message>
    <message>
        <source>no limit of rain given</source>
        <translation>未给出降雨阈值</translation>
    </message>
    <message>
        <source>Nobody is sent to {n} of {all} shelters ({whom}).</source>
        <translation>{all} 个避难场所中有 {n} 个不安排人员（{whom}）。</translation>
    </message>
    <message>
        <source>Buildings whose people leave</source>
        <translation>人员需撤离的建筑</translation>
    </message>
    <message>
        <source>no place on the map</source>
        <translation>在地图上没有位置</translation>
    </message>
    <message>
        <source>{unknown:.1f} of {total:.1f} km of the roads &apos;{name}&apos; lie where the water is not known: they count as dry and open.</source>
        <translation>道路“{name}”共 {total:.1f} 千米，其中 {unknown:.1f} 千米处水深未知：按无水、可通行计。</translation>
    </message>
    <message>
        <source>The water has no times: roads that it ever closes count as closed from the beginning. Give RESULT (.nc) to use them until then.</source>
        <translation>水深没有时间信息：凡曾被淹没封闭的道路均视为从一开始就封闭。请提供 RESULT（.nc），以便在封闭之前使用这些道路。</translation>
    </message>
    <message>
        <source>{n} buildings with {people:,} people have no road within {reach:g} m, such as &apos;{id}&apos;: they are listed without a place. Set REACH, or add their roads.</source>
        <translation>{n} 栋建筑（{people:,} 人）在 {reach:g} 米内没有道路，例如“{id}”：列为无处安置。请调整 REACH，或补充其道路。</translation>
    </message>
    <message>
        <source>{n} buildings with {people:,} people are at roads that are not connected with most others.</source>
        <translation>{n} 栋建筑（{people:,} 人）位于与大部分路网不连通的道路旁。</translation>
    </message>
    <message>
        <source>{name}: {why}</source>
        <translation>{name}：{why}</translation>
    </message>
    <message>
        <source>{people:,} people at {n} junctions</source>
        <translation>{n} 个路口，共 {people:,} 人</translation>
    </message>
    <message>
        <source>no road within {reach:g} m</source>
        <translation>{reach:g} 米内没有道路</translation>
    </message>
    <message>
        <source>no road is near: {n}</source>
        <translation>附近没有道路：{n}</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; holds no lines: choose a layer of roads for ROADS.</source>
        <translation>图层“{name}”不含线要素：请为 ROADS 选择道路图层。</translation>
    </message>
    <message>
        <source>{n} values of the field &apos;{field}&apos; say no known direction and count as two-way: {words}.</source>
        <translation>字段“{field}”中有 {n} 个值不是已知的通行方向，按双向通行计：{words}。</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>{n} pairs of the roads &apos;{name}&apos; cross without a common vertex: they count as bridges, without a junction.</source>
        <translation>道路“{name}”中有 {n} 对线相交但没有公共顶点：按立交计，不设路口。</translation>
    </message>
    <message>
        <source>{wide} ends of the roads &apos;{name}&apos; miss another road by up to {most:g} m, {near} of them by up to 1 m: there is no junction, unless SNAP is at least so wide.</source>
        <translation>道路“{name}”有 {wide} 个端点与另一条道路相距不超过 {most:g} 米而未相接，其中 {near} 个不超过 1 米：除非 SNAP 不小于该距离，否则不成为路口。</translation>
    </message>
    <message>
        <source>junctions {n}, stretches {m}</source>
        <translation>路口 {n} 个，路段 {m} 条</translation>
    </message>
    <message>
        <source>{share:.1f} % of the junctions of the roads &apos;{name}&apos; are connected, the rest is in {n} small parts.</source>
        <translation>道路“{name}”的路口有 {share:.1f} % 相互连通，其余分属 {n} 个小的部分。</translation>
    </message>
    <message>
        <source>no length: {n}</source>
        <translation>没有长度：{n}</translation>
    </message>
    <message>
        <source>no speed of their own: {n}</source>
        <translation>没有自身车速：{n}</translation>
    </message>
    <message>
        <source>one-way by &apos;{field}&apos;: {n}, against the line: {m}</source>
        <translation>按“{field}”单行：{n}，与线方向相反：{m}</translation>
    </message>
    <message>
        <source>no field oneway: all are two-way</source>
        <translation>没有 oneway 字段：全部按双向通行</translation>
    </message>
    <message>
        <source>ends joined by SNAP: {n}</source>
        <translation>由 SNAP 连接的端点：{n}</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no geometry: choose a layer of shelters.</source>
        <translation>图层“{name}”没有几何：请选择避难场所图层。</translation>
    </message>
    <message>
        <source>Shelters</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no field of capacities: name it capacity, people for whom there is room.</source>
        <translation>图层“{name}”没有容量字段：请将其命名为 capacity，即可容纳的人数。</translation>
    </message>
    <message>
        <source>No shelter of the layer &apos;{name}&apos; has a capacity above 0 in the field &apos;{field}&apos;: fill it in, or choose another layer.</source>
        <translation>图层“{name}”中没有一个避难场所在字段“{field}”里的容量大于 0：请填写，或选择其他图层。</translation>
    </message>
    <message>
        <source>{n} shelters of &apos;{name}&apos; have no capacity above 0 in the field &apos;{field}&apos;: nobody is sent there.</source>
        <translation>“{name}”中有 {n} 个避难场所在字段“{field}”里的容量不大于 0：不安排人员前往。</translation>
    </message>
    <message>
        <source>{n} shelters of &apos;{name}&apos; share their id with another one: give each an id of its own.</source>
        <translation>“{name}”中有 {n} 个避难场所与其他场所编号相同：请为每个场所指定唯一编号。</translation>
    </message>
    <message>
        <source>places: {n:,}</source>
        <translation>可容纳人数：{n:,}</translation>
    </message>
    <message>
        <source>no elevation of the floor: {n}</source>
        <translation>没有室内地坪高程：{n}</translation>
    </message>
    <message>
        <source>no capacity: {n}</source>
        <translation>没有容量：{n}</translation>
    </message>
    <message>
        <source>no geometry: {n}</source>
        <translation>没有几何：{n}</translation>
    </message>
    <message>
        <source>no capacity is known</source>
        <translation>容量未知</translation>
    </message>
    <message>
        <source>water comes into the building</source>
        <translation>水会进入建筑</translation>
    </message>
    <message>
        <source>the water stands {over:.2f} m above its floor</source>
        <translation>水位高于室内地坪 {over:.2f} 米</translation>
    </message>
    <message>
        <source>{depth:.2f} m of water outside</source>
        <translation>室外水深 {depth:.2f} 米</translation>
    </message>
    <message>
        <source>its run has {rain:.0f} mm of rain in all; the level begins with {least:g} mm in {hours:g} h.</source>
        <translation>其模拟总雨量为 {rain:.0f} mm；该等级的起始阈值为 {hours:g} h 内 {least:g} mm。</translation>
    </message>
    <message>
        <source>The results &apos;{first}&apos; ({crs}) and &apos;{other}&apos; ({crs2}) have different CRS: simulate all levels in one CRS.</source>
        <translation>结果“{first}”（{crs}）和“{other}”（{crs2}）的 CRS 不同：请用同一 CRS 模拟所有等级。</translation>
    </message>
    <message>
        <source>The results &apos;{first}&apos; and &apos;{other}&apos; do not overlap: they lie {far:,.1f} km apart. Choose runs of one area.</source>
        <translation>结果“{first}”和“{other}”不重叠：相距 {far:,.1f} km。请选择同一区域的模拟。</translation>
    </message>
    <message>
        <source>{rain:.0f} mm of rain</source>
        <translation>降雨 {rain:.0f} mm</translation>
    </message>
    <message>
        <source>The result &apos;{first}&apos; ends at {end:.0f} min and &apos;{other}&apos; at {last:.0f} min: what comes later is not in the plan of the level with the shorter run.</source>
        <translation>结果“{first}”在第 {end:.0f} 分钟结束，“{other}”在第 {last:.0f} 分钟结束：此后的情况不在模拟较短的等级的预案中。</translation>
    </message>
    <message>
        <source>The results &apos;{first}&apos; and &apos;{other}&apos; cover different areas: outside the smaller one there is no water in its level.</source>
        <translation>结果“{first}”和“{other}”的范围不同：在较小范围之外，该等级没有积水数据。</translation>
    </message>
    <message>
        <source>The level {higher} has less water than {lower} below it ({n} buildings, not {m}): give BUILDING_RISK from the lowest level.</source>
        <translation>等级 {higher} 的积水少于其下的等级 {lower}（{n} 栋建筑，而不是 {m} 栋）：请从最低等级起提供 BUILDING_RISK。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; of ASSETS has no field asset_id or id.</source>
        <translation>ASSETS 的图层“{name}”没有字段 asset_id 或 id。</translation>
    </message>
    <message>
        <source>without a place or an id: {n}</source>
        <translation>没有位置或编号：{n}</translation>
    </message>
    <message>
        <source>{n} assets fail at an unknown time and count as failed from the start ({names}).</source>
        <translation>{n} 个设施的停运时刻未知，按从开始即停运计（{names}）。</translation>
    </message>
    <message>
        <source>The damage in &apos;{field}&apos; of &apos;{layer}&apos; is left out: it needs one currency in the field currency, and {why}.</source>
        <translation>“{layer}”的字段“{field}”中的损失被略去：需要字段 currency 中有且只有一种货币，而{why}。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; of DISTRICTS needs polygons and a field with their name: choose it in DISTRICT_FIELD.</source>
        <translation>DISTRICTS 的图层“{name}”需要面要素和名称字段：请在 DISTRICT_FIELD 中选择。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no fields risk_class and depth_m: choose an OUTPUT of &apos;Building risk&apos;.</source>
        <translation>图层“{name}”没有字段 risk_class 和 depth_m：请选择“建筑风险”的 OUTPUT。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no field &apos;{field}&apos;: choose another one.</source>
        <translation>图层“{layer}”没有字段“{field}”：请选择其他字段。</translation>
    </message>
    <message>
        <source>there are {names}</source>
        <translation>实际有 {names}</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>实际没有</translation>
    </message>
    <message>
        <source>class unknown: {n}</source>
        <translation>等级未知：{n}</translation>
    </message>
    <message>
        <source>Buildings of &apos;{name}&apos;</source>
        <translation>“{name}”的建筑</translation>
    </message>
    <message>
        <source>{n} buildings of &apos;{name}&apos; in water have no number of people: they count as empty.</source>
        <translation>“{name}”中 {n} 栋受淹建筑没有人数：按无人计。</translation>
    </message>
    <message>
        <source>{n} buildings of &apos;{name}&apos; that water enters have no time of it: choose RESULT in &apos;Building risk&apos;. They are in the lists, and not in the time line.</source>
        <translation>“{name}”中 {n} 栋进水建筑没有进水时刻：请在“建筑风险”中选择 RESULT。它们列在清单中，但不在时间线中。</translation>
    </message>
    <message>
        <source>{n} buildings of &apos;{name}&apos; have the id of another one: comparisons of plans take them for one.</source>
        <translation>“{name}”中 {n} 栋建筑与其他建筑编号相同：比较预案时视为同一栋。</translation>
    </message>
    <message>
        <source>The table &apos;{name}&apos; of MEASURES has no field kind: it needs kind (pump or barrier), and may have name, rate_m3s, height_m and count.</source>
        <translation>MEASURES 的表“{name}”没有字段 kind：需要 kind（pump 或 barrier），可含 name、rate_m3s、height_m 和 count。</translation>
    </message>
    <message>
        <source>The table &apos;{name}&apos; of MEASURES has no row that can be used: kind must be pump or barrier, count 1 or more, rate_m3s and height_m above 0.</source>
        <translation>MEASURES 的表“{name}”没有可用的行：kind 必须为 pump 或 barrier，count 至少为 1，rate_m3s 和 height_m 大于 0。</translation>
    </message>
    <message>
        <source>neither pump nor barrier, or no possible count, rate or height: {n}</source>
        <translation>既非水泵也非挡水板，或数量、流量、高度不可能：{n}</translation>
    </message>
    <message>
        <source>no rank, no opening or no water above the sill: {n}</source>
        <translation>没有排序、没有开口或水位不高于门槛：{n}</translation>
    </message>
    <message>
        <source>The table &apos;{name}&apos; of RANKING has no field {field}.</source>
        <translation>RANKING 的表“{name}”没有字段 {field}。</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>措施</translation>
    </message>
    <message>
        <source>Ranked openings</source>
        <translation>开口排序</translation>
    </message>
    <message>
        <source>Without RESULTS there are no closed roads, no routes and no times of the water.</source>
        <translation>没有 RESULTS 就没有封闭道路、疏散路线和积水时刻。</translation>
    </message>
    <message>
        <source>Version {version}: {n} changes against PREVIOUS.</source>
        <translation>第 {version} 版：与 PREVIOUS 相比有 {n} 处变更。</translation>
    </message>
    <message>
        <source>Level {level}: {text}</source>
        <translation>等级 {level}：{text}</translation>
    </message>
    <message>
        <source>{n:,} people have no place in a shelter; see BLOCKS.</source>
        <translation>{n:,} 人无处安置；见 BLOCKS。</translation>
    </message>
    <message>
        <source>{n:,} people in {buildings} buildings need no shelter by their use (USES_WITHOUT_SHELTER).</source>
        <translation>{buildings} 栋建筑中的 {n:,} 人按其用途不需要避难场所（USES_WITHOUT_SHELTER）。</translation>
    </message>
    <message>
        <source>{n} pumps and barriers find no use.</source>
        <translation>{n} 台水泵和挡水板没有用处。</translation>
    </message>
    <message>
        <source>The plan says the same as PREVIOUS and stays version {version}.</source>
        <translation>预案与 PREVIOUS 内容相同，仍为第 {version} 版。</translation>
    </message>
    <message>
        <source>{what}, {level}</source>
        <translation>{what}，{level}</translation>
    </message>
    <message>
        <source>not given: {names}</source>
        <translation>未提供：{names}</translation>
    </message>
    <message>
        <source>ROADS need the water over time: give the RESULT (.nc) of each level in RESULTS.</source>
        <translation>ROADS 需要积水过程：请在 RESULTS 中给出各等级的 RESULT（.nc）。</translation>
    </message>
    <message>
        <source>Without {names} nobody is led to a shelter: all people are listed without a place.</source>
        <translation>没有 {names} 就无法安排前往避难场所：所有人员均列为无处安置。</translation>
    </message>
    <message>
        <source>{n} inputs do not say of which flood run they are, such as &apos;{name}&apos;: RESULTS were taken in the order of BUILDING_RISK.</source>
        <translation>{n} 个输入没有注明属于哪次内涝模拟，例如“{name}”：RESULTS 按 BUILDING_RISK 的顺序对应。</translation>
    </message>
    <message>
        <source>No result in RESULTS is of the flood run of &apos;{layer}&apos; ({run}): add the RESULT (.nc) of that run.</source>
        <translation>RESULTS 中没有“{layer}”所属内涝模拟（{run}）的结果：请添加该模拟的 RESULT（.nc）。</translation>
    </message>
    <message>
        <source>There are {layers} layers in BUILDING_RISK and {results} results in RESULTS: give the result of each layer, in their order.</source>
        <translation>BUILDING_RISK 中有 {layers} 个图层，而 RESULTS 中有 {results} 个结果：请按顺序给出各图层的结果。</translation>
    </message>
    <message>
        <source>&apos;{layer}&apos; is of the flood run {run}, and the result &apos;{result}&apos; in its place of {other}: give RESULTS in the order of BUILDING_RISK.</source>
        <translation>“{layer}”属于内涝模拟 {run}，而对应的结果“{result}”属于 {other}：请按 BUILDING_RISK 的顺序给出 RESULTS。</translation>
    </message>
    <message>
        <source>RESULTS were put into the order of BUILDING_RISK by the ids of their flood runs.</source>
        <translation>已按内涝模拟编号将 RESULTS 排成 BUILDING_RISK 的顺序。</translation>
    </message>
    <message>
        <source>The result &apos;{name}&apos; is of none of the levels and is left out.</source>
        <translation>结果“{name}”不属于任何等级，已略去。</translation>
    </message>
    <message>
        <source>Several levels have the same flood run {run}: their plans are the same.</source>
        <translation>多个等级使用同一内涝模拟 {run}：它们的预案相同。</translation>
    </message>
    <message>
        <source>Contingency plan {district}</source>
        <translation>应急预案 {district}</translation>
    </message>
    <message>
        <source>Contingency plan</source>
        <translation>应急预案</translation>
    </message>
    <message>
        <source>{total:.1f} mm from {start} to {end}</source>
        <translation>{start} 至 {end} 共 {total:.1f} mm</translation>
    </message>
    <message>
        <source>The table &apos;{source}&apos; has no rows.</source>
        <translation>表“{source}”没有行。</translation>
    </message>
    <message>
        <source>NOW and the times of {source} must both have a time zone, or none: write 2026-06-01T08:00+08:00, or leave the zone out in both.</source>
        <translation>NOW 与 {source} 的时间必须都带时区或都不带：请写成 2026-06-01T08:00+08:00，或都不写时区。</translation>
    </message>
    <message>
        <source>Observed rain</source>
        <translation>实测降雨</translation>
    </message>
    <message>
        <source>NOW is no date with a time: &apos;{text}&apos;. Write it as 2026-06-01T08:00Z.</source>
        <translation>NOW 不是日期时间：“{text}”。请写成 2026-06-01T08:00Z。</translation>
    </message>
    <message>
        <source>The times of {source} are no moments: how old they are is not known.</source>
        <translation>{source} 的时间不是日期时刻：无法得知其距今多久。</translation>
    </message>
    <message>
        <source>{n} gauges are silent for more than {limit:g} min before the last value of the others: {names}.</source>
        <translation>{n} 个雨量站在其他站最后一个值之前已中断超过 {limit:g} 分钟：{names}。</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预报</translation>
    </message>
    <message>
        <source>The last value of {source} is {age:,.0f} min old, more than {limit:g}: what has fallen since is not known.</source>
        <translation>{source} 的最后一个值距今 {age:,.0f} 分钟，超过 {limit:g} 分钟：此后的降雨未知。</translation>
    </message>
    <message>
        <source>before the end of the observations: {n}</source>
        <translation>早于观测结束：{n}</translation>
    </message>
    <message>
        <source>The last value of {source} is {minutes:,.0f} min later than now: check its time zone.</source>
        <translation>{source} 的最后一个值比现在晚 {minutes:,.0f} 分钟：请检查其时区。</translation>
    </message>
    <message>
        <source>The nearest run is &apos;{name}&apos; at a distance of {distance:.2f}; the next one is at {other:.2f}, so that it is {sure:.0f} % sure.</source>
        <translation>最接近的模拟为“{name}”，距离 {distance:.2f}；其次的距离为 {other:.2f}，因此把握度为 {sure:.0f} %。</translation>
    </message>
    <message>
        <source>Observed: at most {most_10min_mm} mm in 10 min, {most_30min_mm} in 30, {most_60min_mm} in 60, {most_120min_mm} in 120; {total_mm} mm in all.</source>
        <translation>实测：10 分钟最大 {most_10min_mm} mm，30 分钟 {most_30min_mm}，60 分钟 {most_60min_mm}，120 分钟 {most_120min_mm}；合计 {total_mm} mm。</translation>
    </message>
    <message>
        <source>No stored run is near. The nearest is &apos;{name}&apos; at a distance of {distance:.2f}; near is up to {limit:g}.</source>
        <translation>没有接近的已存模拟。最接近的是“{name}”，距离 {distance:.2f}；距离不超过 {limit:g} 才算接近。</translation>
    </message>
    <message>
        <source>The nearest run is &apos;{name}&apos; at a distance of {distance:.2f}.</source>
        <translation>最接近的模拟为“{name}”，距离 {distance:.2f}。</translation>
    </message>
    <message>
        <source>More is observed than in any stored run: {names}. Nothing is extrapolated: simulate this storm.</source>
        <translation>实测值大于所有已存模拟：{names}。不做外推：请模拟这场暴雨。</translation>
    </message>
    <message>
        <source>Less is observed than in any stored run: {names}.</source>
        <translation>实测值小于所有已存模拟：{names}。</translation>
    </message>
    <message>
        <source>{n} runs are equally near: {names}. Where they have the same rain, water at gauges (LEVELS) can tell them apart.</source>
        <translation>{n} 个模拟同样接近：{names}。若其降雨相同，可用测站水位或水深（LEVELS）加以区分。</translation>
    </message>
    <message>
        <source>The observed rain goes over {hours:.1f} h, the longest stored one over {longest:.1f} h: choose LAST_HOURS, so that an earlier storm does not count.</source>
        <translation>实测降雨历时 {hours:.1f} 小时，已存模拟中最长为 {longest:.1f} 小时：请设置 LAST_HOURS，以免计入更早的降雨。</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; of RUNS has no field name: choose RUNS_DONE of &apos;Run an ensemble of floods&apos;, or a table with name, and folder, summary or rain.</source>
        <translation>RUNS 的表“{table}”没有字段 name：请选择“计算洪水方案集”的 RUNS_DONE，或含 name 以及 folder、summary 或 rain 的表。</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; of RUNS has the run &apos;{name}&apos; more than once: give each a name of its own.</source>
        <translation>RUNS 的表“{table}”中模拟“{name}”出现不止一次：请为每个模拟取不同的名称。</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; of PLANS needs the fields name (of the run) and plan (file or name of the plan).</source>
        <translation>PLANS 的表“{table}”需要字段 name（模拟名称）和 plan（预案的文件或名称）。</translation>
    </message>
    <message>
        <source>No stored run has a known rain ({reason}): choose the folder or RUNS_DONE of &apos;Run an ensemble of floods&apos;, computed with this version, or name the table of each run&apos;s rain in a field rain.</source>
        <translation>没有降雨已知的已存模拟（{reason}）：请选择用本版本计算的“计算洪水方案集”的文件夹或 RUNS_DONE，或在字段 rain 中给出每个模拟的降雨表。</translation>
    </message>
    <message>
        <source>its SUMMARY has no rain over time: simulate it again, or give its table in a field rain</source>
        <translation>其 SUMMARY 没有降雨过程：请重新模拟，或在字段 rain 中给出其降雨表</translation>
    </message>
    <message>
        <source>the rain &apos;{path}&apos; cannot be read</source>
        <translation>无法读取降雨“{path}”</translation>
    </message>
    <message>
        <source>the rain &apos;{path}&apos; has no time_min and depth_mm</source>
        <translation>降雨“{path}”没有 time_min 和 depth_mm</translation>
    </message>
    <message>
        <source>failed: {n}</source>
        <translation>失败：{n}</translation>
    </message>
    <message>
        <source>with a measure: {n}</source>
        <translation>有措施：{n}</translation>
    </message>
    <message>
        <source>The folder &apos;{folder}&apos; cannot be read: {error}.</source>
        <translation>无法读取文件夹“{folder}”：{error}。</translation>
    </message>
    <message>
        <source>there is no run</source>
        <translation>没有模拟</translation>
    </message>
    <message>
        <source>without a known rain: {n}</source>
        <translation>降雨未知：{n}</translation>
    </message>
    <message>
        <source>plans of no run: {n}</source>
        <translation>无对应模拟的预案：{n}</translation>
    </message>
    <message>
        <source>Stored runs</source>
        <translation>已存模拟</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of LEVELS has no points: choose the gauges with their values.</source>
        <translation>LEVELS 的图层“{layer}”没有点：请选择带观测值的测站。</translation>
    </message>
    <message>
        <source>No gauge of &apos;{layer}&apos; has a place and a value since the rain began ({start}): check the times.</source>
        <translation>“{layer}”中没有测站在降雨开始（{start}）后既有位置又有观测值：请检查时间。</translation>
    </message>
    <message>
        <source>Gauges of water</source>
        <translation>水位测站</translation>
    </message>
    <message>
        <source>outside all runs, or dry in all: {n}</source>
        <translation>在所有模拟之外或均为干：{n}</translation>
    </message>
    <message>
        <source>runs without a raster of depth or level there: {n}</source>
        <translation>在该处没有水深或水位栅格的模拟：{n}</translation>
    </message>
    <message>
        <source>There is no stored run with a known rain to compare with: choose RUNS or FOLDER.</source>
        <translation>没有降雨已知的已存模拟可供比较：请选择 RUNS 或 FOLDER。</translation>
    </message>
    <message>
        <source>The limit of near runs must be above 0 and below 1, and the scale of levels above 0.</source>
        <translation>接近的距离上限必须大于 0 且小于 1，水位尺度必须大于 0。</translation>
    </message>
    <message>
        <source>The times of {source} and of the observations must be of one kind: minutes, moments with a time zone, or moments without.</source>
        <translation>{source} 与观测的时间必须为同一类：分钟、带时区的时刻或不带时区的时刻。</translation>
    </message>
    <message>
        <source>No row of {source} is later than the observations: leave FORECAST empty.</source>
        <translation>{source} 没有晚于观测的行：请将 FORECAST 留空。</translation>
    </message>
    <message>
        <source>{source} has no row with a time and a value of rain.</source>
        <translation>{source} 没有同时具有时间和降雨值的行。</translation>
    </message>
    <message>
        <source>{source} has {steps} different steps: choose fewer rows or gauges, or longer steps.</source>
        <translation>{source} 有 {steps} 个不同的时段：请减少行或雨量站，或采用更长的时段。</translation>
    </message>
    <message>
        <source>{source} has no value for {minutes:g} of {all:g} min: these count as dry, so that more may have fallen.</source>
        <translation>{source} 在 {all:g} 分钟中有 {minutes:g} 分钟没有值：按无雨处理，实际降雨可能更多。</translation>
    </message>
    <message>
        <source>The rain is the mean of {n} gauges, which have from {low:.1f} mm ({least}) to {high:.1f} mm ({most}).</source>
        <translation>降雨取 {n} 个雨量站的平均值，各站为 {low:.1f} mm（{least}）至 {high:.1f} mm（{most}）。</translation>
    </message>
    <message>
        <source>of contents: {sectors}</source>
        <translation>室内财产：{sectors}</translation>
    </message>
    <message>
        <source>depths in feet</source>
        <translation>水深单位为英尺</translation>
    </message>
    <message>
        <source>those present at {hour:g} h by use</source>
        <translation>按用途计算 {hour:g} 时的在场人数</translation>
    </message>
    <message>
        <source>Loss in all: {loss:,.0f} {currency}, {structure:,.0f} of it of structures and {content:,.0f} of contents</source>
        <translation>损失合计：{loss:,.0f} {currency}，其中建筑结构 {structure:,.0f}，室内财产 {content:,.0f}</translation>
    </message>
    <message>
        <source>currency {currency}</source>
        <translation>货币 {currency}</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>The loss of {n} buildings in water is unknown, as they have no value, no floor area or no curve: the sums are without them.</source>
        <translation>有 {n} 栋受淹建筑的损失未知，因为缺少价值、建筑面积或曲线：合计中不包含它们。</translation>
    </message>
    <message>
        <source>guessed by floor area and {table}</source>
        <translation>按建筑面积和 {table} 估算</translation>
    </message>
    <message>
        <source>prices of {year}</source>
        <translation>{year} 年价格</translation>
    </message>
    <message>
        <source>{n} contents have no value and count as 0</source>
        <translation>{n} 处室内财产没有价值，按 0 计</translation>
    </message>
    <message>
        <source>the table of VALUES</source>
        <translation>VALUES 表</translation>
    </message>
    <message>
        <source>VALUE_FIELD or CONTENT_FIELD</source>
        <translation>VALUE_FIELD 或 CONTENT_FIELD</translation>
    </message>
    <message>
        <source>Row {number} of {name} has the component &apos;{word}&apos;: write structure or content.</source>
        <translation>{name} 第 {number} 行的 component 为“{word}”：请写 structure 或 content。</translation>
    </message>
    <message>
        <source>There are several columns of depths in {name} ({columns}): keep one.</source>
        <translation>{name} 中有多个水深列（{columns}）：请只保留一列。</translation>
    </message>
    <message>
        <source>The column depth of {name} says no unit: call it depth_m or depth_ft, or choose DEPTH_UNIT.</source>
        <translation>{name} 的列 depth 没有说明单位：请改名为 depth_m 或 depth_ft，或选择 DEPTH_UNIT。</translation>
    </message>
    <message>
        <source>The column {column} of {name} contradicts DEPTH_UNIT, {unit}: rename the column, or leave DEPTH_UNIT to its name.</source>
        <translation>{name} 的列 {column} 与 DEPTH_UNIT（{unit}）矛盾：请改列名，或让 DEPTH_UNIT 由列名决定。</translation>
    </message>
    <message>
        <source>Row {number} of {name} has the depth {point:g} and the fraction {point2:g}: fractions go from 0 to 1. Divide per cent by 100.</source>
        <translation>{name} 第 {number} 行的水深为 {point:g}，损失率为 {point2:g}：损失率应在 0 到 1 之间。百分数请除以 100。</translation>
    </message>
    <message>
        <source>Row {number} of {name} needs numbers in {column} and damage_fraction: correct it.</source>
        <translation>{name} 第 {number} 行的 {column} 和 damage_fraction 必须是数字：请更正。</translation>
    </message>
    <message>
        <source>{name} gives money, but no currency is named: write it in CURRENCY, such as CNY.</source>
        <translation>{name} 给出了金额，但没有说明货币：请在 CURRENCY 中填写，例如 CNY。</translation>
    </message>
    <message>
        <source>There is no row or no column {missing} in {name}: it needs use and structure_per_m2, the value of a square metre of floor.</source>
        <translation>{name} 中没有数据行或缺少列 {missing}：需要 use 和 structure_per_m2（每平方米建筑面积的价值）。</translation>
    </message>
    <message>
        <source>The table {name} has values in {currencies}: choose one in CURRENCY.</source>
        <translation>表 {name} 中有多种货币（{currencies}）：请在 CURRENCY 中选择一种。</translation>
    </message>
    <message>
        <source>There is no value in {currency} for the region &apos;{region}&apos; in {name}, which has {currencies}: choose another CURRENCY, VALUE_FIELD, or a table of your own in VALUES. Nothing is converted.</source>
        <translation>{name} 中没有区域“{region}”以 {currency} 计的价值，只有 {currencies}：请选择其他 CURRENCY、VALUE_FIELD，或在 VALUES 中使用您自己的表。不作货币换算。</translation>
    </message>
    <message>
        <source>The {column} of &apos;{use}&apos; in {name} is no amount from 0 on: &apos;{value}&apos;. Correct it.</source>
        <translation>{name} 中“{use}”的 {column} 不是不小于 0 的金额：“{value}”。请更正。</translation>
    </message>
    <message>
        <source>The use &apos;{use}&apos; has two rows in {name}: keep one.</source>
        <translation>{name} 中用途“{use}”有两行：请只保留一行。</translation>
    </message>
    <message>
        <source>The table &apos;{path}&apos; has no columns of hours, from h00 to h23, such as h03, h11 and h19: add them.</source>
        <translation>表“{path}”没有时刻列（h00 至 h23，例如 h03、h11、h19）：请添加。</translation>
    </message>
    <message>
        <source>The shares of &apos;{use}&apos; in &apos;{path}&apos; must be from 0 to 1: correct them.</source>
        <translation>“{path}”中“{use}”的比例必须在 0 到 1 之间：请更正。</translation>
    </message>
    <message>
        <source>A share of &apos;{use}&apos; in &apos;{path}&apos; is no number ({error}): correct it.</source>
        <translation>“{path}”中“{use}”的比例不是数字（{error}）：请更正。</translation>
    </message>
    <message>
        <source>FOLDER holds {n} runs that RUNS does not have, such as &apos;{name}&apos;: they are in no map or table. Delete their folders if they are no longer wanted.</source>
        <translation>FOLDER 中有 {n} 个 RUNS 里没有的模拟，例如“{name}”：它们不计入任何地图或表格。不再需要时请删除其文件夹。</translation>
    </message>
    <message>
        <source>Rows of DEPENDENCIES</source>
        <translation>DEPENDENCIES 的行</translation>
    </message>
    <message>
        <source>{n} assets in the column asset of &apos;{table}&apos; are not in the layer, such as &apos;{name}&apos;: they are in FAILURES only.</source>
        <translation>“{table}”的 asset 列中有 {n} 个资产不在图层中，例如“{name}”：它们只出现在 FAILURES 中。</translation>
    </message>
    <message>
        <source>without asset or needs: {n}</source>
        <translation>缺少 asset 或 needs：{n}</translation>
    </message>
    <message>
        <source>assets that need themselves: {n}</source>
        <translation>依赖自身的资产：{n}</translation>
    </message>
    <message>
        <source>{n} lines have no length: they count by the depth of their place.</source>
        <translation>{n} 条线长度为零：按其所在位置的水深计算。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; of VELOCITY has no value where the depths are: check its CRS and extent.</source>
        <translation>VELOCITY 的栅格“{layer}”在水深所在处没有值：请检查其坐标参考系和范围。</translation>
    </message>
    <message>
        <source>{n} ids of &apos;{layer}&apos; are those of several features, such as &apos;{name}&apos;: for what needs it, it fails when one of them does.</source>
        <translation>“{layer}”中有 {n} 个编号对应多个要素，例如“{name}”：其中一个失效，依赖它的资产即视其失效。</translation>
    </message>
    <message>
        <source>The run &apos;{name}&apos; has {n} warnings: see its log.txt.</source>
        <translation>模拟“{name}”有 {n} 条警告：见其 log.txt。</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>SWMM's routing created {volume:.3g} m³ in the drains of '{source}' (lost, where below 0), {share:.1%} of what came into them; the street's water made up for {paid:.3g} m³ of it. Pipes that fill up from dry create water: divide long ones by nodes, start from a state, or choose a shorter ROUTING_STEP.</source>
        <translation>SWMM 的演算在“{source}”的排水管网中凭空产生了 {volume:.3g} m³ 水（负值为丢失），占进入管网水量的 {share:.1%}；其中 {paid:.3g} m³ 已由街道来水抵补。由干到满的管道会产生水量：请用节点分割长管道、从状态文件起算，或选用更短的 ROUTING_STEP。</translation>
    </message>
    <message>
        <source>The steps of the observed rain are longer than {minutes:g} min: the most in so short a time is not known and not compared.</source>
        <translation>实测降雨的时段长于 {minutes:g} 分钟：如此短历时的最大雨量未知，不作比较。</translation>
    </message>
    <message>
        <source>{n} runs are near; their wet areas go from {low:,.0f} to {high:,.0f} m².</source>
        <translation>{n} 个模拟接近；其淹没面积为 {low:,.0f} 至 {high:,.0f} m²。</translation>
    </message>
    <message>
        <source>The roads &apos;{name}&apos; and the water do not overlap, they lie {far:,.1f} km apart: check the CRS of both.</source>
        <translation>道路“{name}”与水体不重叠，相距 {far:,.1f} 千米：请检查两者的坐标参照系。</translation>
    </message>
    <message>
        <source>{n} shelters could take people, but no way to them stays open long enough: {names}.</source>
        <translation>有 {n} 个避难场所本可接收人员，但通往它们的路线都不能在通过之前保持通行：{names}。</translation>
    </message>
    <message>
        <source>{source} has a single value for each gauge, whose step is not known: give all values of the last hours.</source>
        <translation>{source} 每个雨量站只有一个值，其时段长度未知：请给出最近数小时的全部值。</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设定值</translation>
    </message>
    <message>
        <source>The {shown:,} districts with most people have a page; the other {others:,} that water reaches are in the table of districts.</source>
        <translation>人数最多的 {shown:,} 个片区各有一页；其余 {others:,} 个受积水影响的片区见片区表。</translation>
    </message>
    <message>
        <source>ROOFS_TO is drains, which leads the rain of buildings into a network: choose BUILDINGS, and DRAINS or NODES and CONDUITS, or ground.</source>
        <translation>ROOFS_TO 为 drains，即将建筑屋面雨水接入管网：请选择 BUILDINGS，以及 DRAINS 或 NODES 和 CONDUITS，或选用 ground。</translation>
    </message>
    <message>
        <source>ROOFS_TO is drains, and no node of &apos;{source}&apos; has an inlet on the terrain: add DRAIN_INLETS, choose open in DRAINS_OTHER_NODES, or choose ground in ROOFS_TO.</source>
        <translation>ROOFS_TO 为 drains，而“{source}”中没有位于地形上且有雨水口的节点：请添加 DRAIN_INLETS，在 DRAINS_OTHER_NODES 中选 open，或在 ROOFS_TO 中选 ground。</translation>
    </message>
    <message>
        <source>{n} downpipes name nodes that take no water, such as &apos;{name}&apos;, and lead to the ground: name a node with an inlet on the terrain.</source>
        <translation>有 {n} 根雨落管指定了不接纳水的节点，例如“{name}”，其雨水流到地面：请指定位于地形上且有雨水口的节点。</translation>
    </message>
    <message>
        <source>ROOFS_TO is drains, and no roof or downpipe has a node within {reach:g} m: make ROOF_REACH_M larger, or choose ground.</source>
        <translation>ROOFS_TO 为 drains，而所有屋面和雨落管在 {reach:g} m 内都没有节点：请增大 ROOF_REACH_M，或选用 ground。</translation>
    </message>
    <message>
        <source>no node within {reach:g} m: {n}</source>
        <translation>{reach:g} m 内无节点：{n}</translation>
    </message>
    <message>
        <source>the node takes no water: {n}</source>
        <translation>节点不接纳水：{n}</translation>
    </message>
    <message>
        <source>these go to the ground</source>
        <translation>这些流到地面</translation>
    </message>
    <message>
        <source>Roofs led to the drains</source>
        <translation>接入管网的屋面</translation>
    </message>
    <message>
        <source>A downpipe leads to the node &apos;{node}&apos;, which takes no water in this run: choose a node with an inlet on the terrain.</source>
        <translation>有雨落管接入节点“{node}”，而该节点在本次模拟中不接纳水：请选择位于地形上且有雨水口的节点。</translation>
    </message>
    <message>
        <source>The field cn of the layer &apos;{layer}&apos; is {number:g}: curve numbers go from about 30 to 100, and a runoff coefficient is none.</source>
        <translation>图层“{layer}”的字段 cn 为 {number:g}：曲线数约为 30 到 100，径流系数不是曲线数。</translation>
    </message>
    <message>
        <source>{n} openings of {parameter} are wider than {least:g} m, &apos;{name}&apos; {width:g} m: make sure that width_m is in metres, not in cm or mm.</source>
        <translation>{parameter} 中有 {n} 个开口宽于 {least:g} m，“{name}”为 {width:g} m：请确认 width_m 的单位是米，而不是厘米或毫米。</translation>
    </message>
    <message>
        <source>{n} gauges of water end more than {limit:g} min before the observed rain: {names}. Their water may have risen since.</source>
        <translation>{n} 个水位测站的观测比实测降雨早结束 {limit:g} 分钟以上：{names}。此后水位可能已上涨。</translation>
    </message>
    <message>
        <source>The water at {n} shelters is not known, they count as dry: {names}.</source>
        <translation>有 {n} 个避难场所处的水情未知，按无水计：{names}。</translation>
    </message>
    <message>
        <source>{n} lines of the roads &apos;{name}&apos; are not for vehicles by their class, {words}: routes use them all the same. Leave them out with a filter, if vehicles cannot.</source>
        <translation>道路“{name}”中有 {n} 条线按类别不供车辆通行（{words}）：路线仍会使用。若车辆不能通行，请用筛选将其排除。</translation>
    </message>
    <message>
        <source>Values of the water</source>
        <translation>水情数值</translation>
    </message>
    <message>
        <source>Water near the features</source>
        <translation>要素附近的水情</translation>
    </message>
    <message>
        <source>Checks of the buildings</source>
        <translation>检查建筑</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The inflow '{name}' of '{layer}' has a negative discharge, or none: correct its flow_m3s (m³/s), or give it rows in INFLOW_TABLE.</source>
        <translation>“{layer}”的入流“{name}”的流量为负或缺失：请更正其 flow_m3s (m³/s)，或在 INFLOW_TABLE 中给出它的行。</translation>
    </message>
    <message>
        <source>The field damage of &apos;{layer}&apos; is a share of the value, and its money is in the field loss: choose loss as DAMAGE_FIELD for an expected damage in money.</source>
        <translation>“{layer}”的字段 damage 是占价值的比例，其金额在字段 loss 中：若要以金额计的期望损失，请将 DAMAGE_FIELD 设为 loss。</translation>
    </message>
    <message>
        <source>{n} of {all} buildings of &apos;{layer}&apos; in water have no possible damage in the field &apos;{field}&apos;: the sums of money are without them.</source>
        <translation>“{layer}”的 {all} 栋受淹建筑中有 {n} 栋在字段“{field}”中没有可用的损失值：金额合计不含这些建筑。</translation>
    </message>
    <message>
        <source>The people of the buildings of &apos;{name}&apos; in water are rounded to whole ones, {whole:,.0f} instead of {given:,.1f} in all: give whole numbers.</source>
        <translation>“{name}”中进水或受淹建筑的人数取为整数，合计 {whole:,.0f} 人，而不是 {given:,.1f} 人：请提供整数。</translation>
    </message>
    <message>
        <source>No asset of MEASURE has a known damage in all events that it also has without the measure: check ID_FIELD and DAMAGE_FIELD of both.</source>
        <translation>MEASURE 中没有任何资产在采取措施前后的所有事件中都有已知损失：请检查两者的 ID_FIELD 和 DAMAGE_FIELD。</translation>
    </message>
    <message>
        <source>with id and place of an earlier row: {n}</source>
        <translation>编号和位置与前面的行相同：{n}</translation>
    </message>
    <message>
        <source>Damage more frequent than every {first:g} years is left out, although the event of {first:g} years costs {damage:,.6g} in all: give ZERO_RETURN_PERIOD, the return period up to which nothing is damaged.</source>
        <translation>重现期小于 {first:g} 年的损失未计入，而 {first:g} 年一遇事件的损失合计为 {damage:,.6g}：请给出 ZERO_RETURN_PERIOD，即不产生损失的重现期上限。</translation>
    </message>
    <message>
        <source>The document &apos;{path}&apos; does not exist or is no file: choose another.</source>
        <translation>文档“{path}”不存在或不是文件：请另选。</translation>
    </message>
    <message>
        <source>The document &apos;{path}&apos; is larger than {limit:,} bytes: split it, or remove what it does not need.</source>
        <translation>文档“{path}”大于 {limit:,} 字节：请拆分，或删去不需要的内容。</translation>
    </message>
    <message>
        <source>&apos;{document}&apos; is nested deeper than {limit} levels: make it flatter.</source>
        <translation>“{document}”的嵌套超过 {limit} 层：请减少层级。</translation>
    </message>
    <message>
        <source>&apos;{document}&apos;, at {place}: {fault}</source>
        <translation>“{document}”的 {place} 处：{fault}</translation>
    </message>
    <message>
        <source>&apos;{document}&apos; is no text in UTF-8: save it as UTF-8.</source>
        <translation>“{document}”不是 UTF-8 文本：请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>&apos;{document}&apos; is no valid JSON ({error}): correct it there.</source>
        <translation>“{document}”不是有效的 JSON（{error}）：请在该处更正。</translation>
    </message>
    <message>
        <source>&apos;{document}&apos;: {fault}</source>
        <translation>“{document}”：{fault}</translation>
    </message>
    <message>
        <source>the key &apos;{key}&apos; is missing: add it.</source>
        <translation>缺少键“{key}”：请补上。</translation>
    </message>
    <message>
        <source>an object in braces belongs here.</source>
        <translation>此处应为花括号中的对象。</translation>
    </message>
    <message>
        <source>the key &apos;{key}&apos; is unknown: remove it, or use one of {keys}.</source>
        <translation>键“{key}”未知：请删除，或使用 {keys} 之一。</translation>
    </message>
    <message>
        <source>a list in brackets belongs here.</source>
        <translation>此处应为方括号中的列表。</translation>
    </message>
    <message>
        <source>the list has more than {most} entries: shorten it.</source>
        <translation>列表超过 {most} 项：请缩短。</translation>
    </message>
    <message>
        <source>a text in quotes belongs here.</source>
        <translation>此处应为引号中的文本。</translation>
    </message>
    <message>
        <source>the text has more than {longest} characters: shorten it.</source>
        <translation>文本超过 {longest} 个字符：请缩短。</translation>
    </message>
    <message>
        <source>the text has characters that cannot be written: remove them.</source>
        <translation>文本含有无法写出的字符：请删除。</translation>
    </message>
    <message>
        <source>a number belongs here.</source>
        <translation>此处应为数字。</translation>
    </message>
    <message>
        <source>the number is too large: correct it.</source>
        <translation>数字过大：请更正。</translation>
    </message>
    <message>
        <source>the text is empty: fill it in.</source>
        <translation>文本为空：请填写。</translation>
    </message>
    <message>
        <source>true or false belongs here.</source>
        <translation>此处应为 true 或 false。</translation>
    </message>
    <message>
        <source>&apos;{value}&apos; is none of {choices}.</source>
        <translation>“{value}”不是以下之一：{choices}。</translation>
    </message>
    <message>
        <source>the text has no language: fill in &apos;en&apos;.</source>
        <translation>文本没有任何语言：请填写“en”。</translation>
    </message>
    <message>
        <source>the key &apos;{key}&apos; is unknown: is &apos;{near}&apos; meant?</source>
        <translation>键“{key}”未知：是否指“{near}”？</translation>
    </message>
    <message>
        <source>the setting {name} needs a number, a text, or true or false.</source>
        <translation>设置 {name} 需要数字、文本，或 true、false。</translation>
    </message>
    <message>
        <source>the setting {name} is one of {choices}, not &apos;{value}&apos;.</source>
        <translation>设置 {name} 只能是 {choices} 之一，不能是“{value}”。</translation>
    </message>
    <message>
        <source>the setting {name} is a number, not &apos;{value}&apos;.</source>
        <translation>设置 {name} 应为数字，而不是“{value}”。</translation>
    </message>
    <message>
        <source>the setting {name} is at least {limit:g}.</source>
        <translation>设置 {name} 至少为 {limit:g}。</translation>
    </message>
    <message>
        <source>the setting {name} is at most {limit:g}.</source>
        <translation>设置 {name} 至多为 {limit:g}。</translation>
    </message>
    <message>
        <source>the key &apos;steps&apos; has no step: add the algorithms of the chain.</source>
        <translation>键“steps”中没有步骤：请加入链中的算法。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; must be a path below the district&apos;s folder, such as dtm.tif: correct it.</source>
        <translation>“{path}”必须是片区文件夹内的路径，例如 dtm.tif：请更正。</translation>
    </message>
    <message>
        <source>after the file of &apos;{path}&apos; only |layername=NAME may stand: correct it.</source>
        <translation>“{path}”的文件名之后只能写 |layername=名称：请更正。</translation>
    </message>
    <message>
        <source>the subdivision &apos;{code}&apos; is none of the taxonomy, such as A02: correct it.</source>
        <translation>小类“{code}”不在分类体系中（例如 A02）：请更正。</translation>
    </message>
    <message>
        <source>the tolerance is negative: correct it.</source>
        <translation>容差为负：请更正。</translation>
    </message>
    <message>
        <source>&apos;{value}&apos; has characters that do not belong there: write it as {pattern}.</source>
        <translation>“{value}”含有不允许的字符：请按 {pattern} 书写。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; does not exist there; known are: {names}.</source>
        <translation>此处不存在“{name}”；已知的有：{names}。</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is no number, measure or sum of measures: correct it.</source>
        <translation>“{text}”不是数字、指标或指标的算式：请更正。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; stands there twice: rename one.</source>
        <translation>“{name}”出现了两次：请改名。</translation>
    </message>
    <message>
        <source>The table of scenarios</source>
        <translation>场景表</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; has the id {id} twice: rename one.</source>
        <translation>表“{table}”中的编号 {id} 出现两次：请改名。</translation>
    </message>
    <message>
        <source>a row without an id</source>
        <translation>没有编号的行</translation>
    </message>
    <message>
        <source>&apos;{chain}&apos; is no id of a chain: correct it.</source>
        <translation>“{chain}”不是链的编号：请更正。</translation>
    </message>
    <message>
        <source>the chain is empty: name the algorithms it needs.</source>
        <translation>链为空：请写出所需的算法。</translation>
    </message>
    <message>
        <source>the placeholder &apos;{name}&apos; has no value: add it to &apos;with&apos;.</source>
        <translation>占位符“{name}”没有值：请在“with”中补上。</translation>
    </message>
    <message>
        <source>&apos;{word}&apos; is no subdivision such as A02, A02? or A02:dtm.tif: correct it.</source>
        <translation>“{word}”不是小类（例如 A02、A02? 或 A02:dtm.tif）：请更正。</translation>
    </message>
    <message>
        <source>the placeholder &apos;{name}&apos; is not among the chain&apos;s parameters: add it there.</source>
        <translation>占位符“{name}”不在链的参数之中：请在那里补上。</translation>
    </message>
    <message>
        <source>the rain of its run is not known, and was not compared with that of the level: RESULT does not say it, and no SUMMARY of the run lies in its folder.</source>
        <translation>该次模拟的雨量未知，未与该级别的雨量比较：RESULT 中没有记录，其文件夹中也没有该次模拟的 SUMMARY。</translation>
    </message>
    <message>
        <source>The roads &apos;{name}&apos; fall into {n} parts without a connection, the largest has {share:.0f} % of the junctions: people of one part reach nothing in another one. Roads meet where they share a vertex; set SNAP to join ends that miss, or split the lines with &apos;Split with lines&apos;.</source>
        <translation>道路“{name}”分成 {n} 个互不连通的部分，最大部分含 {share:.0f} % 的路口：一个部分的人员无法到达其他部分。道路在共用顶点处相接；请设置 SNAP 连接未接上的端点，或用“Split with lines”打断线。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no line with an option: choose another one for ALIGNMENTS.</source>
        <translation>图层“{name}”中没有带方案的线：请为 ALIGNMENTS 选择其他图层。</translation>
    </message>
    <message>
        <source>The levels of the layer &apos;{name}&apos; lie {apart:,.0f} m from those of the rail: check units and datum.</source>
        <translation>图层“{name}”的高程与轨面高程相差 {apart:,.0f} m：请检查单位和高程基准。</translation>
    </message>
    <message>
        <source>without option or geometry: {n}</source>
        <translation>无方案或几何：{n}</translation>
    </message>
    <message>
        <source>kind unknown: {n}</source>
        <translation>敷设方式未知：{n}</translation>
    </message>
    <message>
        <source>Alignments</source>
        <translation>线路走向</translation>
    </message>
    <message>
        <source>{n} of {all} pieces of the layer &apos;{name}&apos; have no level of the rail, neither in the geometry nor in the fields rail_start_m and rail_end_m: what they meet has the relation &apos;unknown&apos;.</source>
        <translation>图层“{name}”的 {all} 个区段中有 {n} 个没有轨面高程（几何和字段 rail_start_m、rail_end_m 均无）：其遇到的对象关系记为“unknown”。</translation>
    </message>
    <message>
        <source>{n} pieces of the layer &apos;{name}&apos; say no known kind and count as underground: {words}.</source>
        <translation>图层“{name}”的 {n} 个区段没有已知的敷设方式，按地下线计：{words}。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no field of the line: all options count as options of one line, which exclude each other.</source>
        <translation>图层“{name}”没有线路字段：所有方案视为同一线路的互斥方案。</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>车站</translation>
    </message>
    <message>
        <source>Entrances</source>
        <translation>出入口</translation>
    </message>
    <message>
        <source>Basements</source>
        <translation>地下室</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>动土工程</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no field of people ({people}) or jobs ({jobs}): choose one for PEOPLE_FIELD or JOBS_FIELD.</source>
        <translation>图层“{name}”没有人口字段（{people}）或岗位字段（{jobs}）：请为 PEOPLE_FIELD 或 JOBS_FIELD 选择字段。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; has no field of {what}: there are none.</source>
        <translation>图层“{name}”没有{what}字段：按无计。</translation>
    </message>
    <message>
        <source>People and jobs</source>
        <translation>人口与岗位</translation>
    </message>
    <message>
        <source>{n} features of the layer &apos;{name}&apos; are left out, as they have no geometry or belong to no option or station that is there: {ids}.</source>
        <translation>图层“{name}”有 {n} 个要素未采用，因为没有几何，或不属于任何已有的方案或车站：{ids}。</translation>
    </message>
    <message>
        <source>{n} ids of the layer &apos;{name}&apos; occur more than once.</source>
        <translation>图层“{name}”有 {n} 个编号重复。</translation>
    </message>
    <message>
        <source>no geometry, or no such option or station: {n}</source>
        <translation>无几何，或无此方案或车站：{n}</translation>
    </message>
    <message>
        <source>{n} of {all} features of the layer &apos;{name}&apos; have no levels of top and bottom, or a bottom above the top: conflicts with them say &apos;unknown&apos;.</source>
        <translation>图层“{name}”的 {all} 个要素中有 {n} 个没有顶、底标高，或底标高高于顶标高：与其的冲突记为“unknown”。</translation>
    </message>
    <message>
        <source>no geometry or area: {n}</source>
        <translation>无几何或面积：{n}</translation>
    </message>
    <message>
        <source>levels unknown: {n}</source>
        <translation>标高未知：{n}</translation>
    </message>
    <message>
        <source>no number of people or jobs: {n}</source>
        <translation>无人口或岗位数：{n}</translation>
    </message>
    <message>
        <source>people</source>
        <translation>人口</translation>
    </message>
    <message>
        <source>jobs</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>线</translation>
    </message>
    <message>
        <source>points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>polygons</source>
        <translation>面</translation>
    </message>
    <message>
        <source>points or polygons</source>
        <translation>点或面</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; is in {crs}, whose unit is no metre on the ground: bring it to the projected CRS of the place with &apos;Reproject layer&apos;.</source>
        <translation>图层“{name}”的坐标系为 {crs}，其单位不是实地的米：请用“Reproject layer”转换到当地的投影坐标系。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no field &apos;{field}&apos;: rename the field that says it, or add one.</source>
        <translation>图层“{layer}”没有字段“{field}”：请重命名相应字段，或添加该字段。</translation>
    </message>
    <message>
        <source>The layer &apos;{name}&apos; does not hold {kinds}: choose another one for {parameter}.</source>
        <translation>图层“{name}”的要素不是{kinds}：请为 {parameter} 选择其他图层。</translation>
    </message>
    <message>
        <source>No station lies within {reach:g} m of a street of &apos;{name}&apos;: check the CRS of both layers, or set REACH.</source>
        <translation>没有车站位于“{name}”的街道 {reach:g} m 范围内：请检查两个图层的坐标系，或设置 REACH。</translation>
    </message>
    <message>
        <source>{n} stations have no street within {reach:g} m and no catchment: {ids}.</source>
        <translation>{n} 个车站在 {reach:g} m 内没有街道，因此没有服务范围：{ids}。</translation>
    </message>
    <message>
        <source>{n} rooms below ground hold a station of the line that meets them: they are its own and no conflict: {ids}.</source>
        <translation>{n} 个地下空间内有所遇线路的车站：属于该线路自身，不计为冲突：{ids}。</translation>
    </message>
    <message>
        <source>{n} of {all} entrances lie outside the raster &apos;{raster}&apos; or have no level of their sill: whether they lie below the flood is unknown.</source>
        <translation>{all} 个出入口中有 {n} 个位于栅格“{raster}”之外或没有门槛高程：是否低于洪水位未知。</translation>
    </message>
    <message>
        <source>The table of protection zones</source>
        <translation>保护区表</translation>
    </message>
    <message>
        <source>The table of protection zones &apos;{path}&apos; lacks the row {kind}: it needs underground, at_grade and elevated.</source>
        <translation>保护区表“{path}”缺少行 {kind}：需要 underground、at_grade 和 elevated。</translation>
    </message>
    <message>
        <source>The table of states</source>
        <translation>状态表</translation>
    </message>
    <message>
        <source>The table of protection zones &apos;{path}&apos; has &apos;{text}&apos; as {column} of {kind}: it must be a number from 0 to {most:g}, in metres or in million CNY a kilometre.</source>
        <translation>保护区表“{path}”中 {kind} 的 {column} 为“{text}”：必须是 0 到 {most:g} 的数，单位为米或百万元/公里。</translation>
    </message>
    <message>
        <source>lists and maps are not allowed in the expression ({part}): use fields.</source>
        <translation>表达式中不允许使用列表和映射（{part}），请使用字段。</translation>
    </message>
    <message>
        <source>the function &apos;{name}&apos; is not allowed: use fields, and the functions {allowed}.</source>
        <translation>不允许使用函数“{name}”，请使用字段及以下函数：{allowed}。</translation>
    </message>
    <message>
        <source>the layer has no field &apos;{name}&apos;: it has {fields}.</source>
        <translation>图层没有字段“{name}”，现有字段：{fields}。</translation>
    </message>
    <message>
        <source>The expression &apos;{text}&apos; cannot be used: {fault}</source>
        <translation>表达式“{text}”不能使用：{fault}</translation>
    </message>
    <message>
        <source>the expression has {n} characters: shorten it to {limit} at most.</source>
        <translation>表达式有 {n} 个字符，请缩短到至多 {limit} 个。</translation>
    </message>
    <message>
        <source>the expression has &apos;{sign}&apos;: comments, backslashes, semicolons and control characters are not allowed.</source>
        <translation>表达式含有“{sign}”：不允许使用注释、反斜杠、分号和控制字符。</translation>
    </message>
    <message>
        <source>the expression begins with SELECT: put the field of this name in quotes.</source>
        <translation>表达式以 SELECT 开头：请将同名字段放在引号中。</translation>
    </message>
    <message>
        <source>the expression is empty: write one, or leave the key out.</source>
        <translation>表达式为空：请填写表达式，或删去该键。</translation>
    </message>
    <message>
        <source>the expression cannot be parsed ({reason}): correct it.</source>
        <translation>表达式无法解析（{reason}），请改正。</translation>
    </message>
    <message>
        <source>variables (@) are not allowed in the expression: use fields, and the functions {allowed}.</source>
        <translation>表达式中不允许使用变量（@），请使用字段及以下函数：{allowed}。</translation>
    </message>
    <message>
        <source>the field name &apos;{name}&apos; has quotes or control characters: rename the field.</source>
        <translation>字段名“{name}”含有引号或控制字符，请重命名该字段。</translation>
    </message>
    <message>
        <source>the operator {word} is not allowed, since a pattern may take for ever: compare with =, or use strpos, left or right.</source>
        <translation>不允许使用运算符 {word}，因为模式匹配可能无休止地运行：请用 = 比较，或使用 strpos、left 或 right。</translation>
    </message>
    <message>
        <source>the expression is nested deeper than {limit} levels: simplify it.</source>
        <translation>表达式嵌套超过 {limit} 层，请简化。</translation>
    </message>
    <message>
        <source>without x</source>
        <translation>没有 x 值</translation>
    </message>
    <message>
        <source>The chart &apos;{id}&apos; needs a vector layer that can be read.</source>
        <translation>图表“{id}”需要可读取的矢量图层。</translation>
    </message>
    <message>
        <source>Left out: {n} {reason}.</source>
        <translation>未计入：{reason} {n} 个。</translation>
    </message>
    <message>
        <source>The chart has {n} values of x: the first {most} are shown.</source>
        <translation>图表有 {n} 个 x 值，仅显示前 {most} 个。</translation>
    </message>
    <message>
        <source>The CRS {crs} of the district &apos;{id}&apos; is not known: correct it in the document.</source>
        <translation>片区“{id}”的坐标参照系 {crs} 未知，请在文档中改正。</translation>
    </message>
    <message>
        <source>The outline of the district cannot be transformed to the CRS of the layer ({reason}): correct one of them.</source>
        <translation>片区范围无法转换到图层的坐标参照系（{reason}），请改正其中之一。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no CRS: set it in the layer&apos;s properties.</source>
        <translation>图层“{layer}”没有坐标参照系，请在图层属性中设置。</translation>
    </message>
    <message>
        <source>The outline in the layer &apos;{layer}&apos; has {n} corners and {limit} is the limit: simplify it.</source>
        <translation>图层“{layer}”中的范围有 {n} 个角点，上限为 {limit} 个，请简化。</translation>
    </message>
    <message>
        <source>There is another document &apos;{path}&apos; already: give the district another name, or move that away.</source>
        <translation>已存在另一文档“{path}”：请为片区另取名称，或移走该文档。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no polygon: draw the outline of the district.</source>
        <translation>图层“{layer}”没有面，请绘制片区范围。</translation>
    </message>
    <message>
        <source>The polygons of the layer &apos;{layer}&apos; lie apart in {n} parts and a district has one outline: select those that belong together, or merge them.</source>
        <translation>图层“{layer}”的面分为不相连的 {n} 部分，而片区只有一个范围：请选择相连的面，或将其合并。</translation>
    </message>
    <message>
        <source>There is no document with the id &apos;{id}&apos;: take one of {ids}, or put a document into &apos;{folder}&apos;.</source>
        <translation>没有标识为“{id}”的文档：请选用 {ids} 之一，或将文档放入“{folder}”。</translation>
    </message>
    <message>
        <source>&apos;{document}&apos;: &apos;{other}&apos; has the id &apos;{id}&apos; too: give this document another id.</source>
        <translation>“{document}”：“{other}”也使用标识“{id}”，请为本文档另取标识。</translation>
    </message>
    <message>
        <source>outside the district</source>
        <translation>位于片区之外</translation>
    </message>
    <message>
        <source>without a place</source>
        <translation>没有位置</translation>
    </message>
    <message>
        <source>whose filter cannot be evaluated</source>
        <translation>筛选条件无法计算</translation>
    </message>
    <message>
        <source>without a value</source>
        <translation>没有数值</translation>
    </message>
    <message>
        <source>whose value is no number</source>
        <translation>数值不是数字</translation>
    </message>
    <message>
        <source>Lengths and areas cannot be measured in {crs}, the CRS of the layer &apos;{layer}&apos;: reproject it to a projected CRS of the place in metres.</source>
        <translation>无法在图层“{layer}”的坐标参照系 {crs} 中量算长度和面积，请将其重投影到当地以米为单位的投影坐标系。</translation>
    </message>
    <message>
        <source>The layer has the filter {filter}.</source>
        <translation>图层带有筛选条件 {filter}。</translation>
    </message>
    <message>
        <source>The table has no geometry: rows of every district count.</source>
        <translation>表没有几何：各片区的行均计入。</translation>
    </message>
    <message>
        <source>whose time lies in the future</source>
        <translation>时间在未来</translation>
    </message>
    <message>
        <source>without a time</source>
        <translation>没有时间</translation>
    </message>
    <message>
        <source>No feature of the layer &apos;{layer}&apos; fulfils the conditions.</source>
        <translation>图层“{layer}”没有满足条件的要素。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; has no features.</source>
        <translation>图层“{layer}”没有要素。</translation>
    </message>
    <message>
        <source>The layer has no field &apos;{field}&apos; with times.</source>
        <translation>图层没有时间字段“{field}”。</translation>
    </message>
    <message>
        <source>The layer of the indicator is not there.</source>
        <translation>指标所用图层不存在。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; cannot be read: repair its source.</source>
        <translation>图层“{layer}”无法读取，请修复其数据源。</translation>
    </message>
    <message>
        <source>None of {n} features has a value.</source>
        <translation>{n} 个要素均没有数值。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; is neither a vector layer nor a raster: it has no values.</source>
        <translation>图层“{layer}”既非矢量图层也非栅格，没有数值。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; is no style of QGIS: save it from QGIS as .qml.</source>
        <translation>样式“{style}”不是 QGIS 样式，请从 QGIS 另存为 .qml。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; is larger than {limit:,} bytes: simplify it.</source>
        <translation>样式“{style}”大于 {limit:,} 字节，请简化。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; cannot be read ({reason}).</source>
        <translation>样式“{style}”无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; is no style of QGIS ({reason}) Save it again from QGIS.</source>
        <translation>样式“{style}”不是 QGIS 样式（{reason}），请从 QGIS 重新保存。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; has the address {address}: take a symbol of QGIS or embed the picture.</source>
        <translation>样式“{style}”含有地址 {address}，请使用 QGIS 自带符号或嵌入图片。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; has an expression with {word}, which may read files, layers or settings or never end: replace it in QGIS and save the style again.</source>
        <translation>样式“{style}”的表达式含有 {word}，可能读取文件、图层或设置，或无法结束：请在 QGIS 中替换后重新保存样式。</translation>
    </message>
    <message>
        <source>cells without data</source>
        <translation>无数据像元</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; has neither features nor fields: use the statistic min, max, mean or area_above, and no expression.</source>
        <translation>栅格“{layer}”没有要素和字段：请使用统计量 min、max、mean 或 area_above，且不填写表达式。</translation>
    </message>
    <message>
        <source>The raster &apos;{layer}&apos; has no data in the district.</source>
        <translation>栅格“{layer}”在片区内没有数据。</translation>
    </message>
    <message>
        <source>Areas cannot be measured in {crs}, the CRS of the raster &apos;{layer}&apos;: reproject it to a projected CRS of the place in metres.</source>
        <translation>无法在栅格“{layer}”的坐标参照系 {crs} 中量算面积，请将其重投影到当地以米为单位的投影坐标系。</translation>
    </message>
    <message>
        <source>an object in braces</source>
        <translation>花括号中的对象</translation>
    </message>
    <message>
        <source>a list in brackets</source>
        <translation>方括号中的列表</translation>
    </message>
    <message>
        <source>a text in quotes</source>
        <translation>引号中的文本</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>an id has a lower-case letter, then at most 63 lower-case letters, digits and underscores.</source>
        <translation>标识以小写字母开头，其后至多 63 个小写字母、数字和下划线。</translation>
    </message>
    <message>
        <source>a colour is # and six hexadecimal digits, such as #c62828.</source>
        <translation>颜色为 # 加六位十六进制数字，例如 #c62828。</translation>
    </message>
    <message>
        <source>a CRS is a code such as EPSG:4326.</source>
        <translation>坐标参照系为代码，例如 EPSG:4326。</translation>
    </message>
    <message>
        <source>{first} Further faults in the document: {n}.</source>
        <translation>{first} 文档中还有 {n} 处错误。</translation>
    </message>
    <message>
        <source>{reason}: correct it as the schema says.</source>
        <translation>{reason}：请按模式文件改正。</translation>
    </message>
    <message>
        <source>a text has characters that cannot be shown ({text}): remove them.</source>
        <translation>文本中含有无法显示的字符（{text}），请删除。</translation>
    </message>
    <message>
        <source>{keys} is missing: add it.</source>
        <translation>缺少 {keys}，请补充。</translation>
    </message>
    <message>
        <source>{value} stands where {wanted} belongs.</source>
        <translation>此处应为{wanted}，而不是 {value}。</translation>
    </message>
    <message>
        <source>{value} is none of {choices}.</source>
        <translation>{value} 不在可选值 {choices} 之中。</translation>
    </message>
    <message>
        <source>{value} has not the right form: {form}</source>
        <translation>{value} 的格式不正确：{form}</translation>
    </message>
    <message>
        <source>{value} is too small: {limit} is the limit.</source>
        <translation>{value} 过小，下限为 {limit}。</translation>
    </message>
    <message>
        <source>{value} is too large: {limit} is the limit.</source>
        <translation>{value} 过大，上限为 {limit}。</translation>
    </message>
    <message>
        <source>this is empty or too short: give at least {n}.</source>
        <translation>此处为空或过短，至少需要 {n} 项。</translation>
    </message>
    <message>
        <source>this has {n} characters or entries: at most {limit} are allowed.</source>
        <translation>此处有 {n} 个字符或条目，至多允许 {limit} 个。</translation>
    </message>
    <message>
        <source>give exactly one of {keys}.</source>
        <translation>请只填写 {keys} 中的一个。</translation>
    </message>
    <message>
        <source>an entry stands twice in the list: remove one.</source>
        <translation>列表中有重复条目，请删除一个。</translation>
    </message>
    <message>
        <source>the outline has fewer than three different corners: add some.</source>
        <translation>范围的不同角点少于三个，请补充。</translation>
    </message>
    <message>
        <source>the outline crosses itself or encloses nothing ({reason}): put the corners in order.</source>
        <translation>范围自相交或没有围成面（{reason}），请按顺序排列角点。</translation>
    </message>
    <message>
        <source>{x}, {y} is no longitude and latitude: correct the numbers or their order.</source>
        <translation>{x}, {y} 不是经度和纬度，请改正数值或顺序。</translation>
    </message>
    <message>
        <source>the path &apos;{path}&apos; has the character &apos;{sign}&apos;: give a path relative to the folder, with / between folders.</source>
        <translation>路径“{path}”含有字符“{sign}”，请填写相对于文件夹的路径，各级以 / 分隔。</translation>
    </message>
    <message>
        <source>the path &apos;{path}&apos; is absolute: give one relative to the folder.</source>
        <translation>路径“{path}”是绝对路径，请填写相对于文件夹的路径。</translation>
    </message>
    <message>
        <source>the path &apos;{path}&apos; leaves its folder or has an empty part: name folders and file with / between them.</source>
        <translation>路径“{path}”超出其文件夹或含有空的部分，请以 / 分隔文件夹和文件。</translation>
    </message>
    <message>
        <source>In the folder &apos;{folder}&apos;: {fault}</source>
        <translation>在文件夹“{folder}”中：{fault}</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is a link that leads out of the folder &apos;{folder}&apos;: put the file itself there.</source>
        <translation>“{path}”是指向文件夹“{folder}”之外的链接，请将文件本身放入该文件夹。</translation>
    </message>
    <message>
        <source>the documents extend one another in a circle or too often ({names}): end it.</source>
        <translation>文档之间循环扩展或扩展层次过多（{names}），请解除。</translation>
    </message>
    <message>
        <source>no document &apos;{name}&apos; is beside this one: put it there.</source>
        <translation>本文档旁没有文档“{name}”，请将其放在同一文件夹。</translation>
    </message>
    <message>
        <source>no theme &apos;{name}&apos; ships with the plugin: correct the id, or name a file with .json.</source>
        <translation>插件没有自带主题“{name}”，请改正标识，或填写 .json 文件名。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not in the folder of the document: put it there.</source>
        <translation>“{name}”不在文档所在文件夹，请将其放入。</translation>
    </message>
    <message>
        <source>The data have no times: how old they are is not known.</source>
        <translation>数据没有时间，时效未知。</translation>
    </message>
    <message>
        <source>the id &apos;{id}&apos; is used twice: give one of them another.</source>
        <translation>标识“{id}”重复，请更改其中一个。</translation>
    </message>
    <message>
        <source>no style &apos;{style}&apos; ships with the plugin: correct the name, or put &apos;{style}.qml&apos; beside the document and name it with .qml.</source>
        <translation>插件没有自带样式“{style}”：请改正名称，或将“{style}.qml”放在文档旁并以 .qml 结尾填写。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; is not in the folder of the document: put it there.</source>
        <translation>样式“{style}”不在文档所在文件夹，请将其放入。</translation>
    </message>
    <message>
        <source>the style &apos;{style}&apos; is not beside the document: put it there.</source>
        <translation>样式“{style}”不在文档旁，请将其放入同一文件夹。</translation>
    </message>
    <message>
        <source>no layer of the theme has the id &apos;{id}&apos;: correct it.</source>
        <translation>主题中没有标识为“{id}”的图层，请改正。</translation>
    </message>
    <message>
        <source>the theme has {n} layers: {limit} is the limit, split it.</source>
        <translation>主题有 {n} 个图层，上限为 {limit} 个，请拆分。</translation>
    </message>
    <message>
        <source>the layer would never be drawn: min_scale {min} is the denominator of the smallest scale and must be larger than max_scale {max}.</source>
        <translation>图层将永远不会显示：min_scale {min} 是最小比例尺的分母，必须大于 max_scale {max}。</translation>
    </message>
    <message>
        <source>the need C asks for a &apos;condition&apos; that says when: add it.</source>
        <translation>需求为 C 时须用“condition”说明条件，请补充。</translation>
    </message>
    <message>
        <source>the statistic &apos;{name}&apos; needs an &apos;expression&apos;: add it.</source>
        <translation>统计量“{name}”需要“expression”，请补充。</translation>
    </message>
    <message>
        <source>the statistic &apos;{name}&apos; takes no expression: use &apos;where&apos;.</source>
        <translation>统计量“{name}”不使用表达式，请用“where”。</translation>
    </message>
    <message>
        <source>the age of the value needs a &apos;time_field&apos;: add it, or remove the age limit.</source>
        <translation>数值的时效需要“time_field”：请补充，或删除时效限制。</translation>
    </message>
    <message>
        <source>&apos;above&apos; belongs to the statistic &apos;area_above&apos;, and only to it: add or remove it.</source>
        <translation>“above”仅用于统计量“area_above”，请补充或删除。</translation>
    </message>
    <message>
        <source>the chart has no &apos;y&apos;: add it, or take the statistic &apos;count&apos;.</source>
        <translation>图表没有“y”：请补充，或改用统计量“count”。</translation>
    </message>
    <message>
        <source>the statistic &apos;count&apos; takes no &apos;y&apos;: remove it.</source>
        <translation>统计量“count”不使用“y”，请删除。</translation>
    </message>
    <message>
        <source>the extent is not west, south, east, north in degrees: correct the order and the numbers.</source>
        <translation>范围不是以度表示的西、南、东、北，请改正顺序和数值。</translation>
    </message>
    <message>
        <source>nothing in the document has the id &apos;{id}&apos;: correct it or remove it.</source>
        <translation>文档中没有标识为“{id}”的内容，请改正或删除。</translation>
    </message>
    <message>
        <source>two layers of the group have the title &apos;{title}&apos;: change one of them.</source>
        <translation>该组中有两个图层的标题都是“{title}”，请更改其中一个。</translation>
    </message>
    <message>
        <source>the name of a table has no &apos;|&apos; and no control characters: correct it.</source>
        <translation>表名不能含有“|”和控制字符，请改正。</translation>
    </message>
    <message>
        <source>thresholds ascend, but {upper} follows {lower}: sort them.</source>
        <translation>阈值应递增，但 {upper} 位于 {lower} 之后，请排序。</translation>
    </message>
    <message>
        <source>Pumps and barriers</source>
        <translation>水泵与挡水设施</translation>
    </message>
    <message>
        <source>People who leave</source>
        <translation>需转移的人员</translation>
    </message>
    <message>
        <source>Ways to the shelters</source>
        <translation>前往避难场所的路线</translation>
    </message>
    <message>
        <source>Closed roads</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Keeping the layers of the plan</source>
        <translation>正在保存预案的图层</translation>
    </message>
    <message>
        <source>no scenario may run &apos;{algorithm}&apos; ({reason}): run it by itself.</source>
        <translation>任何场景都不能运行“{algorithm}”（{reason}）：请单独运行。</translation>
    </message>
    <message>
        <source>the algorithm &apos;{algorithm}&apos; is not among those that scenarios may run (resources/tables/scenario_algorithms.csv): use one of those.</source>
        <translation>算法“{algorithm}”不在场景可运行的算法之列（resources/tables/scenario_algorithms.csv）：请使用其中之一。</translation>
    </message>
    <message>
        <source>&apos;{algorithm}&apos; ({reason}) runs only in the scenarios that ship with the plugin: run it before, and give its result as data.</source>
        <translation>“{algorithm}”（{reason}）只能在随插件提供的场景中运行：请事先运行它，并将其结果作为数据给出。</translation>
    </message>
    <message>
        <source>Step {step}: QGIS has no algorithm &apos;{algorithm}&apos;.</source>
        <translation>步骤 {step}：QGIS 中没有算法“{algorithm}”。</translation>
    </message>
    <message>
        <source>Step {step} ({name}) failed: {sentence}</source>
        <translation>步骤 {step}（{name}）失败：{sentence}</translation>
    </message>
    <message>
        <source>no reason is given.</source>
        <translation>未给出原因。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; has no band</source>
        <translation>“{path}”没有波段</translation>
    </message>
    <message>
        <source>no file is named for it</source>
        <translation>未为其指定文件</translation>
    </message>
    <message>
        <source>no folder is given</source>
        <translation>未给出文件夹</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; leads out of the folder</source>
        <translation>“{path}”指向文件夹之外</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is missing</source>
        <translation>缺少“{path}”</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; is no file of this kind of data</source>
        <translation>“{path}”不是这类数据的文件</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; only describes data in another place</source>
        <translation>“{path}”只是对别处数据的描述</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be read as a layer</source>
        <translation>“{path}”不能作为图层读取</translation>
    </message>
    <message>
        <source>&apos;{file}&apos; has no layer &apos;{name}&apos;</source>
        <translation>“{file}”没有图层“{name}”</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; has no rows</source>
        <translation>“{path}”没有记录</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; has no geometries of the kind {kind}</source>
        <translation>“{path}”没有 {kind} 类型的几何</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be read as a raster ({reason})</source>
        <translation>“{path}”不能作为栅格读取（{reason}）</translation>
    </message>
    <message>
        <source>the folder &apos;{path}&apos; is missing or empty</source>
        <translation>文件夹“{path}”不存在或为空</translation>
    </message>
    <message>
        <source>{label}: {place}</source>
        <translation>{label}：{place}</translation>
    </message>
    <message>
        <source>{step}: {algorithm} ({name})</source>
        <translation>{step}：{algorithm}（{name}）</translation>
    </message>
    <message>
        <source>{file} in the output folder: {title}</source>
        <translation>输出文件夹中的 {file}：{title}</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Writes</source>
        <translation>写出</translation>
    </message>
    <message>
        <source>what you give as {name}</source>
        <translation>您作为 {name} 给出的数据</translation>
    </message>
    <message>
        <source>not in this QGIS</source>
        <translation>此 QGIS 中没有</translation>
    </message>
    <message>
        <source>{text}: {reason}</source>
        <translation>{text}：{reason}</translation>
    </message>
    <message>
        <source>{file} in the output folder</source>
        <translation>输出文件夹中的 {file}</translation>
    </message>
    <message>
        <source>{code} {name}: {fault}</source>
        <translation>{code} {name}：{fault}</translation>
    </message>
    <message>
        <source>the parameter {name} is empty</source>
        <translation>参数 {name} 为空</translation>
    </message>
    <message>
        <source>{algorithm} has no output {name}; it has {names}.</source>
        <translation>{algorithm} 没有输出 {name}；它有 {names}。</translation>
    </message>
    <message>
        <source>the step {step} has no output {name}.</source>
        <translation>步骤 {step} 没有输出 {name}。</translation>
    </message>
    <message>
        <source>the algorithm {algorithm}</source>
        <translation>算法 {algorithm}</translation>
    </message>
    <message>
        <source>step {step}: {fault}</source>
        <translation>步骤 {step}：{fault}</translation>
    </message>
    <message>
        <source>{output} of {algorithm} must be kept: name it in &apos;outputs&apos;.</source>
        <translation>{algorithm} 的 {output} 必须保留：请在“outputs”中写明。</translation>
    </message>
    <message>
        <source>the parameter {name} has no value: give one.</source>
        <translation>参数 {name} 没有值：请给出。</translation>
    </message>
    <message>
        <source>&apos;{value}&apos; is no value of the parameter {name}.</source>
        <translation>“{value}”不是参数 {name} 的有效值。</translation>
    </message>
    <message>
        <source>the subdivision {code} is not in the taxonomy.</source>
        <translation>小类 {code} 不在分类体系中。</translation>
    </message>
    <message>
        <source>the style &apos;{name}&apos; does not exist.</source>
        <translation>样式“{name}”不存在。</translation>
    </message>
    <message>
        <source>measure {id}: {fault}</source>
        <translation>指标 {id}：{fault}</translation>
    </message>
    <message>
        <source>measure {id}: data have no number output, so that &apos;value&apos; has no meaning.</source>
        <translation>指标 {id}：数据没有数值输出，“value”没有意义。</translation>
    </message>
    <message>
        <source>measure {id}: &apos;{statistic}&apos; does not fit the output {name}: &apos;value&apos; is for numbers, the others are for layers.</source>
        <translation>指标 {id}：“{statistic}”不适用于输出 {name}：“value”用于数值，其余用于图层。</translation>
    </message>
    <message>
        <source>its chain has no parameters yet: write its chain document</source>
        <translation>其算法链尚无参数：请编写链文档</translation>
    </message>
    <message>
        <source>There is no scenario &apos;{id}&apos;: &apos;List scenarios&apos; has the ids of all.</source>
        <translation>没有场景“{id}”：“列出场景”中有全部编号。</translation>
    </message>
    <message>
        <source>The folders of own scenarios hold {n} documents, more than {limit}: move some to another place.</source>
        <translation>自有场景的文件夹中有 {n} 个文档，超过 {limit} 个：请移走一些。</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; has the id {id}, which another scenario has: give it an id of its own.</source>
        <translation>“{path}”的编号 {id} 已被另一场景使用：请给它自己的编号。</translation>
    </message>
    <message>
        <source>Measure {id}: &apos;{place}&apos; is neither a raster nor rows.</source>
        <translation>指标 {id}：“{place}”既不是栅格也不是记录表。</translation>
    </message>
    <message>
        <source>Measure {id}: &apos;{place}&apos; cannot be read as a layer.</source>
        <translation>指标 {id}：“{place}”不能作为图层读取。</translation>
    </message>
    <message>
        <source>the step gave no number</source>
        <translation>该步骤没有给出数值</translation>
    </message>
    <message>
        <source>Measure {id}: a raster has no &apos;{statistic}&apos;.</source>
        <translation>指标 {id}：栅格没有“{statistic}”。</translation>
    </message>
    <message>
        <source>Measure {id}: the layer &apos;{layer}&apos; has no field &apos;{field}&apos;; it has {names}.</source>
        <translation>指标 {id}：图层“{layer}”没有字段“{field}”；它有 {names}。</translation>
    </message>
    <message>
        <source>Measure {id}: &apos;{statistic}&apos; needs a field.</source>
        <translation>指标 {id}：“{statistic}”需要字段。</translation>
    </message>
    <message>
        <source>there are no numbers</source>
        <translation>没有数值</translation>
    </message>
    <message>
        <source>all cells are no data</source>
        <translation>所有像元均无数据</translation>
    </message>
    <message>
        <source>QGIS has no algorithm &apos;{name}&apos;.</source>
        <translation>QGIS 中没有算法“{name}”。</translation>
    </message>
    <message>
        <source>&apos;{file}&apos; must end in one of {endings}.</source>
        <translation>“{file}”的扩展名必须是 {endings} 之一。</translation>
    </message>
    <message>
        <source>&apos;{file}&apos;: only outputs that are layers, files or folders can be kept.</source>
        <translation>“{file}”：只有图层、文件或文件夹类的输出可以保留。</translation>
    </message>
    <message>
        <source>&apos;{file}&apos; is a file of the run itself: choose another name.</source>
        <translation>“{file}”是运行本身的文件：请另取名称。</translation>
    </message>
    <message>
        <source>{name} takes coordinates or a code such as EPSG:4547, not &apos;{value}&apos;.</source>
        <translation>{name} 需要坐标或 EPSG:4547 这样的代码，而不是“{value}”。</translation>
    </message>
    <message>
        <source>{name} takes a layer, a file or the like, which a scenario names under &apos;data&apos; or by an earlier step, not as a text: refer to one.</source>
        <translation>{name} 需要图层、文件等，场景须在“data”中或由前面的步骤给出，不能写成文本：请引用。</translation>
    </message>
    <message>
        <source>{name} takes a plain value, not an object.</source>
        <translation>{name} 需要普通的值，不是对象。</translation>
    </message>
    <message>
        <source>{name} may have letters, digits, spaces, . _ + and - only, not &apos;{value}&apos;.</source>
        <translation>{name} 只能含字母、数字、空格以及 . _ + -，不能是“{value}”。</translation>
    </message>
    <message>
        <source>{name} mixes references and literals: use references only.</source>
        <translation>{name} 混用了引用和字面值：请只用引用。</translation>
    </message>
    <message>
        <source>{name} takes one value, not a list.</source>
        <translation>{name} 需要一个值，不是列表。</translation>
    </message>
    <message>
        <source>{name} takes no layer or file, so that no data can be given there.</source>
        <translation>{name} 不接受图层或文件，因此不能给出数据。</translation>
    </message>
    <message>
        <source>{name} takes no output of a step.</source>
        <translation>{name} 不接受步骤的输出。</translation>
    </message>
    <message>
        <source>{name} takes an expression in quotes.</source>
        <translation>{name} 需要引号中的表达式。</translation>
    </message>
    <message>
        <source>{name} may use the rasters of LAYERS as &quot;A@1&quot;, &quot;B@1&quot;, numbers, operators and abs, min, max, sqrt, if, ln, log10, sin, cos, tan.</source>
        <translation>{name} 可以使用 LAYERS 的栅格（写作 &quot;A@1&quot;、&quot;B@1&quot;）、数字、运算符以及 abs、min、max、sqrt、if、ln、log10、sin、cos、tan。</translation>
    </message>
    <message>
        <source>{name}: {fault}</source>
        <translation>{name}：{fault}</translation>
    </message>
    <message>
        <source>{name} takes a list of objects.</source>
        <translation>{name} 需要对象的列表。</translation>
    </message>
    <message>
        <source>scenarios may not set {name} of {algorithm}: remove it.</source>
        <translation>场景不能设置 {algorithm} 的 {name}：请删除。</translation>
    </message>
    <message>
        <source>{name} takes texts and numbers, not lists.</source>
        <translation>{name} 需要文本和数字，不是列表。</translation>
    </message>
    <message>
        <source>{name} of {algorithm} is an output, which the run places: name it in &apos;outputs&apos; instead.</source>
        <translation>{algorithm} 的 {name} 是输出，由运行时安排位置：请改在“outputs”中写明。</translation>
    </message>
    <message>
        <source>The check &apos;{left} {relation} {right}&apos; does not hold ({left_value:.6g} and {right_value:.6g}): {reason}</source>
        <translation>检查“{left} {relation} {right}”不成立（{left_value:.6g} 与 {right_value:.6g}）：{reason}</translation>
    </message>
    <message>
        <source>{title}: {value:.6g} {unit}</source>
        <translation>{title}：{value:.6g} {unit}</translation>
    </message>
    <message>
        <source>{title}: no value ({reason})</source>
        <translation>{title}：无值（{reason}）</translation>
    </message>
    <message>
        <source>The scenario {id} has no data &apos;{name}&apos;; it has {names}.</source>
        <translation>场景 {id} 没有数据“{name}”；它有 {names}。</translation>
    </message>
    <message>
        <source>The scenario {id} cannot run: {lacks}.</source>
        <translation>场景 {id} 不能运行：{lacks}。</translation>
    </message>
    <message>
        <source>Step {n} of {all}: {name}</source>
        <translation>第 {n} 步，共 {all} 步：{name}</translation>
    </message>
    <message>
        <source>The scenario {id} has no setting &apos;{name}&apos;; it has {names}.</source>
        <translation>场景 {id} 没有设置“{name}”；它有 {names}。</translation>
    </message>
    <message>
        <source>SETTINGS: {fault}</source>
        <translation>SETTINGS：{fault}</translation>
    </message>
    <message>
        <source>Step {step}: {fault}</source>
        <translation>步骤 {step}：{fault}</translation>
    </message>
    <message>
        <source>The scenario &apos;{id}&apos; cannot be read.</source>
        <translation>无法读取场景“{id}”。</translation>
    </message>
    <message>
        <source>the step gave no such output</source>
        <translation>该步骤没有给出此输出</translation>
    </message>
    <message>
        <source>&apos;{key}&apos; stands without &apos;{other}&apos;, which it belongs to: add that, or remove it.</source>
        <translation>“{key}”缺少与之对应的“{other}”：请补充后者，或删除前者。</translation>
    </message>
    <message>
        <source>The option &apos;{option}&apos; of the layer &apos;{name}&apos; belongs to the lines &apos;{one}&apos; and &apos;{other}&apos;: give each option a name of its own.</source>
        <translation>图层“{name}”的方案“{option}”属于线路“{one}”和“{other}”：请为每个方案单独命名。</translation>
    </message>
    <message>
        <source>{name} of the step {step} is no layer or file that the step writes: nothing can be read from it.</source>
        <translation>步骤 {step} 的 {name} 不是该步骤写出的图层或文件：不能从中读取。</translation>
    </message>
</context>
<context>
    <name>CreateDemoDistrict</name>
    <message>
        <source>Create a demo district</source>
        <translation>创建演示片区</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>How many buildings, 1 to 10,000; the district grows with them.</source>
        <translation>建筑数量，1 至 10,000；片区范围随之扩大。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Another seed creates another district; the same one repeats it.</source>
        <translation>不同的种子生成不同的片区；相同的种子重复生成同一片区。</translation>
    </message>
    <message>
        <source>Folder of the district</source>
        <translation>片区文件夹</translation>
    </message>
    <message>
        <source>A new or an empty folder: existing files are never replaced.</source>
        <translation>新建的或空的文件夹：不会替换其中已有的内容。</translation>
    </message>
    <message>
        <source>Folder of the models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Roughness (Manning&apos;s n)</source>
        <translation>糙率（曼宁系数 n）</translation>
    </message>
    <message>
        <source>Layers of the district</source>
        <translation>片区图层</translation>
    </message>
    <message>
        <source>Number of buildings</source>
        <translation>建筑数量</translation>
    </message>
    <message>
        <source>FOLDER is empty: choose a new or an empty folder.</source>
        <translation>FOLDER 为空：请选择新建的或空的文件夹。</translation>
    </message>
    <message>
        <source>{n} synthetic buildings in &apos;{folder}&apos;. The district does not show a real place.</source>
        <translation>已在“{folder}”中生成 {n} 栋虚构建筑。该片区并非真实地点。</translation>
    </message>
    <message>
        <source>Writing terrain and layers</source>
        <translation>正在写入地形和图层</translation>
    </message>
    <message>
        <source>Synthetic terrain</source>
        <translation>虚构地形</translation>
    </message>
    <message>
        <source>Catalogue of services</source>
        <translation>服务目录</translation>
    </message>
    <message>
        <source>&lt;p&gt;Creates a synthetic coastal district to try the other tools on: an IFC4 model of every building, a terrain of 2 m cells with a channel, an underpass and low streets, roads, shelters, critical assets, rain gauges, population and drains, in EPSG:4547, and a catalogue of data services.&lt;/p&gt;&lt;p&gt;It does not show a real place, and the files say so. The same number of buildings and the same seed create the same district again.&lt;/p&gt;&lt;p&gt;The folder must be new or empty. 60 buildings take a few seconds, 10,000 some minutes and about 500 MB.&lt;/p&gt;</source>
        <translation>&lt;p&gt;创建一个合成的滨海街区，用来试用其他工具：每栋建筑的 IFC4 模型、含排洪渠、下穿通道和低洼道路的 2 m 格网地形、道路、避难场所、重要设施、雨量站、人口和雨水管网（EPSG:4547），以及一个数据服务目录。&lt;/p&gt;&lt;p&gt;它不表示真实的地方，文件中也有说明。相同的建筑数和种子会再次生成相同的街区。&lt;/p&gt;&lt;p&gt;文件夹必须是新的或空的。60 栋建筑需要几秒，10,000 栋需要几分钟和约 500 MB。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Drains (.inp)</source>
        <translation>雨水管网 (.inp)</translation>
    </message>
</context>
<context>
    <name>DamageChart</name>
    <message>
        <source>Expected annual damage: {ead}{unit} a year</source>
        <translation>年期望损失：{ead}{unit}/年</translation>
    </message>
    <message>
        <source>in the unit of the damage</source>
        <translation>以损失的单位计</translation>
    </message>
    <message>
        <source>Damage of an event ({unit})</source>
        <translation>单次事件的损失（{unit}）</translation>
    </message>
    <message>
        <source>{period} years</source>
        <translation>{period} 年</translation>
    </message>
    <message>
        <source>probability in a year (beside the dots: return period)</source>
        <translation>年超越概率（圆点旁为重现期）</translation>
    </message>
    <message>
        <source>rarer than the rarest event</source>
        <translation>比最稀遇事件更稀遇</translation>
    </message>
    <message>
        <source>between the events</source>
        <translation>各事件之间</translation>
    </message>
    <message>
        <source>before the first event</source>
        <translation>最常遇事件之前</translation>
    </message>
    <message>
        <source>{value} a year, {share} %</source>
        <translation>每年 {value}，占 {share} %</translation>
    </message>
    <message>
        <source>{value} a year</source>
        <translation>每年 {value}</translation>
    </message>
    <message>
        <source>with the measure</source>
        <translation>有措施时</translation>
    </message>
    <message>
        <source>what is rarer is left out</source>
        <translation>更稀遇的部分不计</translation>
    </message>
    <message>
        <source>straight over probability</source>
        <translation>随概率线性变化</translation>
    </message>
    <message>
        <source>straight over log return period</source>
        <translation>随重现期的对数线性变化</translation>
    </message>
    <message>
        <source>{n} of {all} assets are known</source>
        <translation>{all} 个对象中有 {n} 个已知</translation>
    </message>
</context>
<context>
    <name>DependencyBar</name>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Installing Python packages…</source>
        <translation>正在安装 Python 包…</translation>
    </message>
    <message>
        <source>pip downloads and unpacks the packages; it does not say how much is left.</source>
        <translation>pip 正在下载并解压所需的包；它不提供剩余进度。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Installing Python packages: {stage}</source>
        <translation>正在安装 Python 包：{stage}</translation>
    </message>
    <message>
        <source>Installing Python packages</source>
        <translation>正在安装 Python 包</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Start the installation again.</source>
        <translation>重新开始安装。</translation>
    </message>
    <message>
        <source>Stop the installation; no package is installed.</source>
        <translation>停止安装；不会安装任何包。</translation>
    </message>
    <message>
        <source>The Python packages are installed; all tools are available now.</source>
        <translation>Python 包已安装；现在可以使用全部功能。</translation>
    </message>
    <message>
        <source>Open the output of pip, to read or copy it.</source>
        <translation>打开 pip 的输出，以便查看或复制。</translation>
    </message>
    <message>
        <source>Python packages are missing: {download} MB to download.</source>
        <translation>缺少 Python 包：需下载 {download} MB。</translation>
    </message>
    <message>
        <source>Which packages are missing, and what installing them takes.</source>
        <translation>缺少哪些包，以及安装所需的条件。</translation>
    </message>
</context>
<context>
    <name>DesignStorm</name>
    <message>
        <source>Design storm</source>
        <translation>设计暴雨</translation>
    </message>
    <message>
        <source>&lt;p&gt;Computes the rain of a storm, step by step, for the flood simulation: from Shenzhen&apos;s formulas of 2024, from any city&apos;s formula q = A (1 + C lg P) / (t + b)^n, or from a gauge&apos;s table.&lt;/p&gt;&lt;p&gt;The depth is H = q t / 167 mm, as in the published tables; the steps are exact integrals and add up to H. West is Bao&apos;an, Guangming, Longhua; central Nanshan, Futian, Luohu; east Yantian, Pingshan, Dapeng.&lt;/p&gt;</source>
        <translation>&lt;p&gt;为内涝模拟逐时段生成一场暴雨的降雨过程：采用深圳市 2024 年暴雨强度公式、任一城市的暴雨强度公式 q = A (1 + C lg P) / (t + b)^n，或雨量站数据表。&lt;/p&gt;&lt;p&gt;雨量为 H = q t / 167 mm，与公布的图表算法一致；各时段雨量为精确积分，合计等于 H。西部为宝安、光明、龙华；中部为南山、福田、罗湖；东部为盐田、坪山、大鹏。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>A zone of Shenzhen, or custom for A, B and N.</source>
        <translation>深圳的暴雨分区；选 custom 时自行填写 A、B 和 N。</translation>
    </message>
    <message>
        <source>1, 2, 3, 5, 10, 20, 30, 50 or 100 for the zones; any for custom, where the formula has C.</source>
        <translation>深圳各分区可取 1、2、3、5、10、20、30、50 或 100；custom 在给出 C 时可取任意值。</translation>
    </message>
    <message>
        <source>Return period (years)</source>
        <translation>重现期（年）</translation>
    </message>
    <message>
        <source>Duration (min)</source>
        <translation>历时 (min)</translation>
    </message>
    <message>
        <source>Step (min)</source>
        <translation>时间步长 (min)</translation>
    </message>
    <message>
        <source>The last step may be shorter.</source>
        <translation>不能整除时，最后一个时段较短。</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>雨型</translation>
    </message>
    <message>
        <source>Peak ratio</source>
        <translation>雨峰系数</translation>
    </message>
    <message>
        <source>Custom: A of q = A (1 + C lg P) / (t + b)^n.</source>
        <translation>custom：公式 q = A (1 + C lg P) / (t + b)^n 中的 A。</translation>
    </message>
    <message>
        <source>A (L/(s·ha))</source>
        <translation>A (L/(s·ha))</translation>
    </message>
    <message>
        <source>b (min)</source>
        <translation>b (min)</translation>
    </message>
    <message>
        <source>Custom: b of the formula.</source>
        <translation>custom：公式中的 b。</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Custom: n of the formula.</source>
        <translation>custom：公式中的 n。</translation>
    </message>
    <message>
        <source>Custom, instead of A: A1 of q = 167 A1 (1 + C lg P) / (t + b)^n, as GB 50014 writes it.</source>
        <translation>custom：代替 A，即 GB 50014 写法 q = 167 A1 (1 + C lg P) / (t + b)^n 中的 A1。</translation>
    </message>
    <message>
        <source>A1 (mm/min)</source>
        <translation>A1 (mm/min)</translation>
    </message>
    <message>
        <source>Custom: C of the formula; with 0 the return period has no effect.</source>
        <translation>custom：公式中的 C；取 0 时重现期不起作用。</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Rain that one gauge measured, a row per step: its end in minutes and its depth in mm.</source>
        <translation>单个雨量站的实测降雨，每个时段一行：时段末时刻 (min) 和时段雨量 (mm)。</translation>
    </message>
    <message>
        <source>Gauge table</source>
        <translation>雨量站数据表</translation>
    </message>
    <message>
        <source>Of the gauge table: the end of the step in minutes.</source>
        <translation>雨量站数据表中的时段末时刻，单位 min。</translation>
    </message>
    <message>
        <source>Time field</source>
        <translation>时间字段</translation>
    </message>
    <message>
        <source>Depth field</source>
        <translation>雨量字段</translation>
    </message>
    <message>
        <source>Of the gauge table: the depth of the step in mm.</source>
        <translation>雨量站数据表中的时段雨量，单位 mm。</translation>
    </message>
    <message>
        <source>Total depth (mm)</source>
        <translation>总雨量 (mm)</translation>
    </message>
    <message>
        <source>{total} mm in {duration} min; the heaviest step has {peak} mm/h.</source>
        <translation>{duration} min 内降雨 {total} mm；最大时段雨强 {peak} mm/h。</translation>
    </message>
    <message>
        <source>The pattern gauge needs the gauge&apos;s table: choose it in GAUGE.</source>
        <translation>gauge 雨型需要雨量站数据表：请在 GAUGE 中选择。</translation>
    </message>
    <message>
        <source>The table &apos;{table}&apos; has no field &apos;{field}&apos;, only {there}: choose its time and depth fields.</source>
        <translation>表“{table}”没有字段“{field}”，只有 {there}：请选择其时间字段和雨量字段。</translation>
    </message>
    <message>
        <source>GAUGE has no effect with the pattern {pattern}: choose the pattern gauge for measured rain.</source>
        <translation>在雨型为 {pattern} 时 GAUGE 不起作用：如需使用实测降雨，请选择雨型 gauge。</translation>
    </message>
    <message>
        <source>{names} have no effect in the zone {zone}: choose the zone custom for your own formula.</source>
        <translation>在分区为 {zone} 时 {names} 不起作用：如需使用自定义公式，请选择分区 custom。</translation>
    </message>
    <message>
        <source>No effect with the pattern {pattern}: {names}.</source>
        <translation>在雨型 {pattern} 下不起作用：{names}。</translation>
    </message>
    <message>
        <source>RETURN_PERIOD has no effect, since C is 0: the rain is that of the return period that A is of. Enter C for another one.</source>
        <translation>RETURN_PERIOD 不起作用，因为 C 为 0：降雨为 A 所对应重现期的降雨。如需其他重现期，请填写 C。</translation>
    </message>
    <message>
        <source>C has no effect in the zone {zone}: choose the zone custom for your own formula.</source>
        <translation>C 在分区 {zone} 中不起作用：如需使用自己的公式，请选择分区 custom。</translation>
    </message>
    <message>
        <source>The published formulas hold from 5 to 180; the patterns scs1 to scs3 last 1440.</source>
        <translation>公布的公式适用于 5 至 180；雨型 scs1 至 scs3 的历时为 1440。</translation>
    </message>
    <message>
        <source>Rain of the whole storm, such as a 24-hour depth, instead of the formula&apos;s.</source>
        <translation>整场暴雨的雨量，例如 24 h 雨量，代替公式计算的雨量。</translation>
    </message>
    <message>
        <source>Depth (mm)</source>
        <translation>雨量 (mm)</translation>
    </message>
    <message>
        <source>How the depth is distributed over time. alternating: blocks of the formula&apos;s depths, with DEPTH_MM for any duration; scs1, scs1a, scs2, scs3: the 24-hour types of the NRCS; table: PATTERN_TABLE; gauge: the measured depths unchanged.</source>
        <translation>雨量随时间的分配方式。alternating：由公式雨量组成的交替块，配合 DEPTH_MM 可用于任意历时；scs1、scs1a、scs2、scs3：NRCS 的 24 h 雨型；table：PATTERN_TABLE；gauge：直接采用实测雨量。</translation>
    </message>
    <message>
        <source>Time of the peak of chicago, triangular and alternating as a share of the duration, from 0 to 1.</source>
        <translation>chicago、triangular 和 alternating 的雨峰时刻占历时的比例，0 至 1。</translation>
    </message>
    <message>
        <source>A table with time_min, depth_mm, intensity_mm_h, return_period and areal_factor.</source>
        <translation>含 time_min、depth_mm、intensity_mm_h、return_period 和 areal_factor 的表。</translation>
    </message>
    <message>
        <source>Of the pattern table: a row per step with its end (time_min, time_h or time_share) and the rain&apos;s share, as cumulative until then or as share of the step, of 1 or in percent.</source>
        <translation>雨型表：每个时段一行，含时段末（time_min、time_h 或 time_share）和雨量比例：cumulative 为截至该时刻的累计比例，share 为该时段的比例；以 1 为总量或以百分数表示。</translation>
    </message>
    <message>
        <source>Pattern table</source>
        <translation>雨型表</translation>
    </message>
    <message>
        <source>How a point&apos;s rain becomes the mean over AREA_KM2. tp40: fitted to the curves of the US Weather Bureau; feh: the UK&apos;s Flood Estimation Handbook.</source>
        <translation>点雨量换算为 AREA_KM2 面平均雨量的方法。tp40：由美国气象局的曲线拟合；feh：英国《洪水估算手册》。</translation>
    </message>
    <message>
        <source>Areal reduction</source>
        <translation>点面折减</translation>
    </message>
    <message>
        <source>Area (km²)</source>
        <translation>面积 (km²)</translation>
    </message>
    <message>
        <source>For AREAL_METHOD.</source>
        <translation>用于 AREAL_METHOD。</translation>
    </message>
    <message>
        <source>Instead of AREAL_METHOD: your own factor, above 0 and at most 1.</source>
        <translation>代替 AREAL_METHOD：自定的系数，大于 0 且不大于 1。</translation>
    </message>
    <message>
        <source>Areal factor</source>
        <translation>点面折减系数</translation>
    </message>
    <message>
        <source>The pattern table &apos;{table}&apos; needs a field time_min, time_h or time_share (end of each step) and a field cumulative or share; it has {there}.</source>
        <translation>雨型表“{table}”需要字段 time_min、time_h 或 time_share（时段末）以及字段 cumulative 或 share；现有字段：{there}。</translation>
    </message>
    <message>
        <source>AREA_KM2 has no effect without AREAL_METHOD: choose one of its methods.</source>
        <translation>没有 AREAL_METHOD 时 AREA_KM2 不起作用：请选择其中一种方法。</translation>
    </message>
    <message>
        <source>Areal factor {factor}, as given: the depths are means over an area.</source>
        <translation>点面折减系数 {factor}（按给定值）：雨量为面平均值。</translation>
    </message>
    <message>
        <source>AREAL_FACTOR and AREAL_METHOD are both given: choose one of them.</source>
        <translation>AREAL_FACTOR 和 AREAL_METHOD 同时给出：请只选其一。</translation>
    </message>
    <message>
        <source>AREAL_METHOD needs the area in AREA_KM2.</source>
        <translation>AREAL_METHOD 需要在 AREA_KM2 中给出面积。</translation>
    </message>
    <message>
        <source>Areal factor {factor} by {method} for {area} km² and {minutes} min.</source>
        <translation>点面折减系数 {factor}，按 {method} 计算，面积 {area} km²，历时 {minutes} min。</translation>
    </message>
    <message>
        <source>PATTERN_TABLE has no effect with the pattern {pattern}: choose the pattern table for it.</source>
        <translation>在雨型为 {pattern} 时 PATTERN_TABLE 不起作用：如需使用该表，请选择雨型 table。</translation>
    </message>
    <message>
        <source>DEPTH_MM has no effect: the depths are those of the gauge.</source>
        <translation>DEPTH_MM 不起作用：雨量采用雨量站的实测值。</translation>
    </message>
    <message>
        <source>No effect, since the depth is DEPTH_MM and the pattern {pattern}: {names}.</source>
        <translation>由于雨量取 DEPTH_MM 且雨型为 {pattern}，以下参数不起作用：{names}。</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>City Twin</source>
        <translation>City Twin</translation>
    </message>
    <message>
        <source>Guide…</source>
        <translation>使用指南…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>{title} was cancelled; nothing was changed.</source>
        <translation>“{title}”已取消；未作任何更改。</translation>
    </message>
    <message>
        <source>{title} is done after {time}.</source>
        <translation>“{title}”已完成，用时 {time}。</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>This installation lacks the tool &apos;{name}&apos;: reinstall the plugin.</source>
        <translation>当前安装中没有工具“{name}”：请重新安装插件。</translation>
    </message>
    <message>
        <source>Open the whole log, to read or copy it.</source>
        <translation>打开完整日志，可从中复制。</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Close this window.</source>
        <translation>关闭此窗口。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the whole text.</source>
        <translation>复制全部文本。</translation>
    </message>
    <message>
        <source>The log of the run.</source>
        <translation>本次运行从开始到结束的全部输出信息。</translation>
    </message>
</context>
<context>
    <name>DistrictName</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Stands in the names of layers and in the titles of reports; kept in the project.</source>
        <translation>用于图层名称和报告标题，保存在工程中。</translation>
    </message>
    <message>
        <source>Name of the district</source>
        <translation>片区名称</translation>
    </message>
</context>
<context>
    <name>EditDialog</name>
    <message>
        <source>Edit record</source>
        <translation>编辑记录</translation>
    </message>
    <message>
        <source>No subdivision</source>
        <translation>无小类</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Change nothing.</source>
        <translation>不作更改。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>What it holds.</source>
        <translation>数据内容。</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Subdivision</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>Coordinate shift</source>
        <translation>坐标偏移</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>The authentication configuration of QGIS that opens it.</source>
        <translation>访问该服务所用的 QGIS 认证配置。</translation>
    </message>
    <message>
        <source>Life-cycle stage</source>
        <translation>生命周期阶段</translation>
    </message>
    <message>
        <source>Update cadence</source>
        <translation>更新周期</translation>
    </message>
    <message>
        <source>Write to the catalogue; later harvests keep your changes.</source>
        <translation>写入目录；以后的采集会保留您的更改。</translation>
    </message>
    <message>
        <source>Name in the list.</source>
        <translation>列表中显示的名称。</translation>
    </message>
    <message>
        <source>Separated by semicolons.</source>
        <translation>以分号分隔。</translation>
    </message>
    <message>
        <source>Subdivision in the city&apos;s taxonomy.</source>
        <translation>在城市数据分类体系中的归属。</translation>
    </message>
    <message>
        <source>The deliberate shift of Chinese map services; the plugin corrects vector data.</source>
        <translation>中国地图服务的有意偏移；插件会纠正矢量数据。</translation>
    </message>
    <message>
        <source>Life-cycle stage of what the data describes.</source>
        <translation>数据所描述对象所处的生命周期阶段。</translation>
    </message>
    <message>
        <source>Update interval, such as PT5M or P1D.</source>
        <translation>更新间隔，例如 PT5M 或 P1D。</translation>
    </message>
</context>
<context>
    <name>EditService</name>
    <message>
        <source>Edit a service&apos;s record</source>
        <translation>编辑服务记录</translation>
    </message>
    <message>
        <source>&lt;p&gt;Changes the record of a data service in a catalogue: title, subdivision, coordinate shift, the name of the authentication configuration and more. A parameter that is left empty changes nothing; CLEAR empties a field.&lt;/p&gt;&lt;p&gt;Changed fields are marked as edited, and later harvests do not overwrite them.&lt;/p&gt;</source>
        <translation>&lt;p&gt;修改目录中数据服务的记录：标题、小类、坐标偏移、认证配置的名称等。留空的项保持不变；要清空请用 CLEAR。&lt;/p&gt;&lt;p&gt;此处的修改会标记为人工编辑，以后的采集不会改动。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>The id of the record, as &apos;Search data services&apos; writes it.</source>
        <translation>记录的 id，见“检索数据服务”的结果。</translation>
    </message>
    <message>
        <source>Subdivision</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>Coordinate shift</source>
        <translation>坐标偏移</translation>
    </message>
    <message>
        <source>The deliberate shift of Chinese map services; vectors are corrected when they are loaded.</source>
        <translation>国内地图服务的坐标加偏；加载矢量数据时予以纠正。</translation>
    </message>
    <message>
        <source>Fields to empty</source>
        <translation>清空字段</translation>
    </message>
    <message>
        <source>Fields of the record to empty.</source>
        <translation>要清空的记录字段。</translation>
    </message>
    <message>
        <source>Where the service has data.</source>
        <translation>服务数据的覆盖范围。</translation>
    </message>
    <message>
        <source>Edited fields</source>
        <translation>人工编辑的字段</translation>
    </message>
    <message>
        <source>{name} has a value and is also in CLEAR: choose one of both.</source>
        <translation>{name} 既给出了值又要求清空：请二者选一。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; was changed.</source>
        <translation>“{title}”已修改。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Name in the list.</source>
        <translation>列表中显示的名称。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Content of the service.</source>
        <translation>数据内容。</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Words for searches, separated by semicolons.</source>
        <translation>供检索的关键词，以分号分隔。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Day or interval of its data, such as 2020-01-01/.. (from then on).</source>
        <translation>数据的日期或时段，例如 2020-01-01/..（自该日起）。</translation>
    </message>
    <message>
        <source>Life-cycle stage</source>
        <translation>生命周期阶段</translation>
    </message>
    <message>
        <source>planning, design, construction or operation.</source>
        <translation>planning（规划）、design（设计）、construction（施工）或 operation（运营）。</translation>
    </message>
    <message>
        <source>Update cadence</source>
        <translation>更新周期</translation>
    </message>
    <message>
        <source>Time between updates: PT5M is 5 minutes, P1D a day.</source>
        <translation>更新间隔：PT5M 为 5 分钟，P1D 为 1 天。</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Name of an authentication configuration of QGIS.</source>
        <translation>QGIS 认证配置的名称。</translation>
    </message>
    <message>
        <source>Such as C07, waterlogging.</source>
        <translation>例如 C07（水文内涝监测）。</translation>
    </message>
</context>
<context>
    <name>EmptyCatalogue</name>
    <message>
        <source>Search the city&apos;s data services and see at a glance which ones are online. Enter the address of a server or catalogue (OGC API, WMS, WFS, CSW, STAC, ArcGIS, SensorThings, a folder, a database) to list all that it offers by subject.</source>
        <translation>检索城市的数据服务，一眼看出哪些在线。填写服务器或目录的地址（OGC API、WMS、WFS、CSW、STAC、ArcGIS、SensorThings、文件夹、数据库），即可按主题列出其提供的全部内容。</translation>
    </message>
    <message>
        <source>Connect a source…</source>
        <translation>连接来源…</translation>
    </message>
    <message>
        <source>Go to the field for its address.</source>
        <translation>转到地址输入框。</translation>
    </message>
    <message>
        <source>Open a catalogue…</source>
        <translation>打开目录…</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Open a catalogue</source>
        <translation>打开目录</translation>
    </message>
    <message>
        <source>Choose a GeoPackage with a catalogue.</source>
        <translation>选择一个含有目录的 GeoPackage。</translation>
    </message>
</context>
<context>
    <name>ExpectedDamage</name>
    <message>
        <source>Expected annual damage</source>
        <translation>年期望损失</translation>
    </message>
    <message>
        <source>&lt;p&gt;Adds up what floods cost in a mean year, for each asset and in total: the damage of events with different return periods, weighed by their annual probability (1 / return period).&lt;/p&gt;&lt;p&gt;ASSESSMENTS are the building risk of several storms, a layer for each, with RETURN_PERIODS in the same order; or one table with a row for each asset and event. With MEASURE, the same events with a dike or a pump, it also gives the damage avoided, and what that is worth over YEARS against COST.&lt;/p&gt;</source>
        <translation>&lt;p&gt;计算洪水在平均年份造成的损失，按对象并合计：不同重现期事件的损失按年超越概率（1 / 重现期）加权。&lt;/p&gt;&lt;p&gt;ASSESSMENTS 为若干场暴雨的建筑物风险，每场一个图层，RETURN_PERIODS 按相同顺序给出；或为一张表，每个对象每个事件一行。给出 MEASURE（同样的事件，但有堤防或泵站）时，还给出减少的损失及其在 YEARS 年内相对 COST 的价值。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Damage of the events</source>
        <translation>各事件的损失</translation>
    </message>
    <message>
        <source>Layers or tables with id and damage: one for each event, or one with all events.</source>
        <translation>含编号和损失的图层或表：每个事件一个，或一个包含全部事件。</translation>
    </message>
    <message>
        <source>Years, one for each layer in the order of the layers, such as 2; 5; 10; 25. Empty: by RETURN_PERIOD_FIELD.</source>
        <translation>年数，按图层顺序每个图层一个，例如 2; 5; 10; 25。留空：取自 RETURN_PERIOD_FIELD。</translation>
    </message>
    <message>
        <source>Return periods (years)</source>
        <translation>重现期（年）</translation>
    </message>
    <message>
        <source>Damage with a measure</source>
        <translation>有措施时的损失</translation>
    </message>
    <message>
        <source>The same events with the measure, in the same order and with the same fields.</source>
        <translation>有措施时的相同事件，顺序和字段相同。</translation>
    </message>
    <message>
        <source>How damage runs between events: straight over probability, or over log return period.</source>
        <translation>事件之间损失的变化：随概率线性，或随重现期的对数线性。</translation>
    </message>
    <message>
        <source>Between events</source>
        <translation>事件之间</translation>
    </message>
    <message>
        <source>Beyond the rarest event: none leaves that damage out, flat takes that of the rarest event for all.</source>
        <translation>比最稀遇事件更稀遇的部分：none 不计，flat 均取最稀遇事件的损失。</translation>
    </message>
    <message>
        <source>Rare tail</source>
        <translation>稀遇端尾部</translation>
    </message>
    <message>
        <source>Return period at which damage begins, below that of the most frequent event: from there damage rises straight over probability. 0: more frequent events are left out.</source>
        <translation>开始产生损失的重现期，小于最常遇事件的重现期：损失由此随概率线性上升。0：不计更常遇的事件。</translation>
    </message>
    <message>
        <source>No damage up to (years)</source>
        <translation>无损失重现期上限（年）</translation>
    </message>
    <message>
        <source>The assets with their expected annual damage, and which events are unknown.</source>
        <translation>各对象及其年期望损失，以及哪些事件未知。</translation>
    </message>
    <message>
        <source>Expected damage</source>
        <translation>期望损失</translation>
    </message>
    <message>
        <source>A row for each event: probability and damage of all assets that are known in all events.</source>
        <translation>每个事件一行：概率以及在所有事件中均已知的对象的损失合计。</translation>
    </message>
    <message>
        <source>Damage curve</source>
        <translation>损失曲线</translation>
    </message>
    <message>
        <source>Share of the tails (%)</source>
        <translation>尾部占比（%）</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Assets with an unknown event</source>
        <translation>有未知事件的对象</translation>
    </message>
    <message>
        <source>Expected annual damage with the measure</source>
        <translation>有措施时的年期望损失</translation>
    </message>
    <message>
        <source>Damage avoided in a year</source>
        <translation>每年减少的损失</translation>
    </message>
    <message>
        <source>Present value of the damage avoided</source>
        <translation>减少损失的现值</translation>
    </message>
    <message>
        <source>Net present value</source>
        <translation>净现值</translation>
    </message>
    <message>
        <source>Benefit by cost</source>
        <translation>效益费用比</translation>
    </message>
    <message>
        <source>Id field</source>
        <translation>编号字段</translation>
    </message>
    <message>
        <source>Field that names an asset in all layers.</source>
        <translation>在所有图层中标识对象的字段。</translation>
    </message>
    <message>
        <source>Damage field</source>
        <translation>损失字段</translation>
    </message>
    <message>
        <source>Field with a share or money, 0 or more.</source>
        <translation>损失比例或金额的字段，不小于 0。</translation>
    </message>
    <message>
        <source>Return period field</source>
        <translation>重现期字段</translation>
    </message>
    <message>
        <source>Field with the return period of the row in years; read where RETURN_PERIODS is empty.</source>
        <translation>该行重现期（年）的字段；RETURN_PERIODS 为空时读取。</translation>
    </message>
    <message>
        <source>Such as CNY. Empty: that of the field currency, where the layers have one.</source>
        <translation>例如 CNY。留空：取图层的 currency 字段（如有）。</translation>
    </message>
    <message>
        <source>Unit of the damage</source>
        <translation>损失的单位</translation>
    </message>
    <message>
        <source>Years over which the measure works. Only with MEASURE.</source>
        <translation>措施发挥作用的年数。仅用于 MEASURE。</translation>
    </message>
    <message>
        <source>Life of the measure (years)</source>
        <translation>措施的使用年限（年）</translation>
    </message>
    <message>
        <source>By which a benefit is worth less for each year that it comes later.</source>
        <translation>效益每推迟一年价值降低的比率。</translation>
    </message>
    <message>
        <source>Discount rate (% a year)</source>
        <translation>折现率（%/年）</translation>
    </message>
    <message>
        <source>Of the measure today, in the unit of the damage.</source>
        <translation>措施的现时费用，单位与损失相同。</translation>
    </message>
    <message>
        <source>Cost of the measure</source>
        <translation>措施费用</translation>
    </message>
    <message>
        <source>ASSESSMENTS cannot be read: choose layers or tables.</source>
        <translation>无法读取 ASSESSMENTS：请选择图层或表。</translation>
    </message>
    <message>
        <source>Sums for each district, with those of assets in no district: they add up to the total.</source>
        <translation>每个片区的合计，以及不在任何片区内的对象的合计：相加等于总数。</translation>
    </message>
    <message>
        <source>Expected damage by district</source>
        <translation>各片区的期望损失</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG drawing (*.svg)</source>
        <translation>PNG 图片 (*.png);;SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Damage over annual probability: the area below the line is the expected annual damage, with its tails hatched and their shares.</source>
        <translation>损失随年超越概率的变化：曲线下的面积为年期望损失，尾部以竖线填充并标注占比。</translation>
    </message>
    <message>
        <source>Districts</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Polygons in any CRS to add up by in AREAS. An asset counts in the district that holds a point inside it, where they overlap in the later one of the layer.</source>
        <translation>用于在 AREAS 中合计的面，坐标参考系不限。对象计入包含其内部一点的片区；片区重叠时计入图层中靠后的一个。</translation>
    </message>
    <message>
        <source>Name of the districts</source>
        <translation>片区名称</translation>
    </message>
    <message>
        <source>Field whose values name the districts in AREAS; empty: the feature id.</source>
        <translation>其值在 AREAS 中作为片区名称的字段；留空：要素编号。</translation>
    </message>
    <message>
        <source>AREAS needs a layer of polygons: choose one in DISTRICTS.</source>
        <translation>AREAS 需要面图层：请在 DISTRICTS 中选择。</translation>
    </message>
    <message>
        <source>DISTRICTS is not used: choose a place for AREAS too.</source>
        <translation>未使用 DISTRICTS：请同时为 AREAS 指定位置。</translation>
    </message>
</context>
<context>
    <name>ExportDrains</name>
    <message>
        <source>Export drains to SWMM</source>
        <translation>导出管网到 SWMM</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes a layer of nodes and one of conduits as an input of EPA SWMM 5 (.inp), the same that 'Simulate flood' makes of them, in m³/s and metres. SWMM reads it first: what it refuses is reported with the object.&lt;/p&gt;&lt;p&gt;A SWMM input has no inlets of nodes. Give the layer of nodes to the simulation again as DRAIN_INLETS when you use the .inp there.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将节点图层和管道图层写成 EPA SWMM 5 的输入（.inp），与“内涝模拟”所用的相同，单位为 m³/s 和米。SWMM 会先读取它：它拒绝的内容会连同对象一起指出。&lt;/p&gt;&lt;p&gt;SWMM 输入中没有节点的雨水口。在模拟中使用该 .inp 时，请再将节点图层作为 DRAIN_INLETS 给出。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Points with id, kind (junction, outfall, storage), invert_m or depth_m, and rim_m where DTM does not tell; storages with area_m2, outfalls with level_m and flap. Usual Chinese names of fields are known.</source>
        <translation>点，含 id、kind（junction、outfall、storage）、invert_m 或 depth_m，以及 DTM 不能给出时的 rim_m；调蓄设施含 area_m2，排放口含 level_m 和 flap。可识别常用的中文字段名。</translation>
    </message>
    <message>
        <source>Nodes of the drains</source>
        <translation>管网节点</translation>
    </message>
    <message>
        <source>Lines from node to node with diameter_m or diameter_mm, or height_m and width_m, levels, roughness n, and from_node and to_node where their ends do not tell.</source>
        <translation>从节点到节点的线，含 diameter_m 或 diameter_mm，或 height_m 和 width_m、高程、糙率 n，以及端点不能说明时的 from_node 和 to_node。</translation>
    </message>
    <message>
        <source>Conduits of the drains</source>
        <translation>管网管道</translation>
    </message>
    <message>
        <source>Gives nodes the rim that they lack, and its CRS to the coordinates.</source>
        <translation>为缺少井口高程的节点提供高程，并为坐标提供坐标系。</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Names of fields where they are not the usual ones, as invert_m = NDDG; diameter_mm = GJ.</source>
        <translation>字段名与常用名不同时在此指明，如 invert_m = NDDG; diameter_mm = GJ。</translation>
    </message>
    <message>
        <source>Fields of the drains</source>
        <translation>管网字段</translation>
    </message>
    <message>
        <source>An end of a conduit that names no node takes the nearest within this.</source>
        <translation>未指明节点的管道端点取此距离内最近的节点。</translation>
    </message>
    <message>
        <source>Tolerance of the conduits&apos; ends (m)</source>
        <translation>管道端点容差 (m)</translation>
    </message>
    <message>
        <source>SWMM input (*.inp)</source>
        <translation>SWMM 输入 (*.inp)</translation>
    </message>
    <message>
        <source>Drains as SWMM input</source>
        <translation>管网的 SWMM 输入</translation>
    </message>
    <message>
        <source>In UTF-8.</source>
        <translation>UTF-8 编码。</translation>
    </message>
    <message>
        <source>Number of nodes</source>
        <translation>节点数</translation>
    </message>
    <message>
        <source>Number of conduits</source>
        <translation>管道数</translation>
    </message>
</context>
<context>
    <name>ExportFlood</name>
    <message>
        <source>Export flood over time</source>
        <translation>导出内涝过程</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes the frames of a simulation&apos;s RESULT into a folder of files that other programs read.&lt;/p&gt;&lt;p&gt;series: a GeoTIFF for each quantity and time, with the time in its name; bands: a GeoTIFF for each quantity, with a band for each time; both with styles whose times QGIS&apos;s temporal controller plays. lisflood: text grids of depth (.wd) and water level (.elev), numbered as LISFLOOD-FP does, for programs that compare with its results.&lt;/p&gt;&lt;p&gt;frames.csv lists each file with its time.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将模拟结果 RESULT 的各时刻写入一个文件夹，供其他软件读取。&lt;/p&gt;&lt;p&gt;series：每个量、每个时刻一个 GeoTIFF，文件名含时间；bands：每个量一个 GeoTIFF，每个时刻一个波段；两者都带有样式，其中的时间可由 QGIS 时态控制器播放。lisflood：水深 (.wd) 和水位 (.elev) 的文本栅格，按 LISFLOOD-FP 的方式编号，供与其结果比较的软件使用。&lt;/p&gt;&lt;p&gt;frames.csv 列出每个文件及其时间。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Output RESULT of &apos;Simulate flood&apos;.</source>
        <translation>“内涝模拟”的输出 RESULT。</translation>
    </message>
    <message>
        <source>series: one file for each time; bands: one file; lisflood: the grids of LISFLOOD-FP.</source>
        <translation>series：每个时刻一个文件；bands：单个文件；lisflood：LISFLOOD-FP 的栅格。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>depth (m), water_level (m above datum), velocity (m/s), hazard (AIDR 1 to 6); for GeoTIFFs.</source>
        <translation>depth 水深 (m)、water_level 水位（基准面以上，m）、velocity 流速 (m/s)、hazard 危险等级 (AIDR 1–6)；用于 GeoTIFF。</translation>
    </message>
    <message>
        <source>Quantities</source>
        <translation>物理量</translation>
    </message>
    <message>
        <source>zero: dry cells are 0; nodata: they have no data. Levels have no data there anyway.</source>
        <translation>zero：干格为 0；nodata：干格无数据。水位在干格始终无数据。</translation>
    </message>
    <message>
        <source>Dry cells</source>
        <translation>干格</translation>
    </message>
    <message>
        <source>Cells with less water count as dry; 0 keeps every film of water.</source>
        <translation>水深小于此值的格视为干格；0 表示保留所有薄水层。</translation>
    </message>
    <message>
        <source>Wet from (m)</source>
        <translation>淹没起算水深 (m)</translation>
    </message>
    <message>
        <source>Start of the flood</source>
        <translation>内涝开始时间</translation>
    </message>
    <message>
        <source>Date and time (UTC) of the first frame; empty: 2026-01-01 00:00, as in RESULT.</source>
        <translation>第一个时刻的日期和时间 (UTC)；留空：与 RESULT 相同，2026-01-01 00:00。</translation>
    </message>
    <message>
        <source>Folder of the frames</source>
        <translation>各时刻的文件夹</translation>
    </message>
    <message>
        <source>A new or an empty folder. One with files in it is refused, never mixed.</source>
        <translation>新建或空的文件夹。已有文件的文件夹会被拒绝，不会混放。</translation>
    </message>
    <message>
        <source>Rasters</source>
        <translation>栅格</translation>
    </message>
    <message>
        <source>Number of times</source>
        <translation>时刻数</translation>
    </message>
    <message>
        <source>Number of rasters</source>
        <translation>栅格数</translation>
    </message>
    <message>
        <source>FOLDER is empty: choose a new or an empty folder.</source>
        <translation>FOLDER 为空：请选择一个新的或空的文件夹。</translation>
    </message>
    <message>
        <source>QUANTITY is empty: choose at least one quantity.</source>
        <translation>QUANTITY 为空：请至少选择一个物理量。</translation>
    </message>
    <message>
        <source>RESULT names no CRS, and so the rasters have none.</source>
        <translation>RESULT 未注明坐标系，因此栅格也没有坐标系。</translation>
    </message>
    <message>
        <source>{files} rasters of {frames} times, with cells of {cell} m, in &apos;{folder}&apos;.</source>
        <translation>“{folder}”中有 {frames} 个时刻的 {files} 个栅格，格网 {cell} m。</translation>
    </message>
</context>
<context>
    <name>ExportLisflood</name>
    <message>
        <source>Export to LISFLOOD-FP</source>
        <translation>导出到 LISFLOOD-FP</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes the inputs of &apos;Simulate flood&apos; as a model of LISFLOOD-FP (University of Bristol), which then computes the same flood: an independent check.&lt;/p&gt;&lt;p&gt;The folder has the parameter file model.par, the terrain with its buildings and the roughness as text grids, edges and inflows, and the rain. Start it there with: lisflood -v model.par&lt;/p&gt;&lt;p&gt;The log says what LISFLOOD-FP computes in another way, and what it cannot.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将“内涝模拟”的输入写成 LISFLOOD-FP（布里斯托大学）的模型，由其计算同一场内涝：独立检验。&lt;/p&gt;&lt;p&gt;文件夹中有参数文件 model.par、含建筑的地形和糙率的文本栅格、边界和入流以及降雨。在该文件夹中启动：lisflood -v model.par&lt;/p&gt;&lt;p&gt;日志说明哪些内容 LISFLOOD-FP 的算法不同，哪些无法计算。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>auto and inertial: its solver &apos;acceleration&apos;; shockcapturing: its finite volumes &apos;fv1&apos;.</source>
        <translation>auto 和 inertial：其“acceleration”求解器；shockcapturing：其有限体积法“fv1”。</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Folder of the model</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>A new or an empty folder. One with files in it is refused, never mixed.</source>
        <translation>新建或空的文件夹。已有文件的文件夹会被拒绝，不会混放。</translation>
    </message>
    <message>
        <source>Number of cells with a height</source>
        <translation>有高程的格数</translation>
    </message>
    <message>
        <source>FOLDER is empty: choose a new or an empty folder.</source>
        <translation>FOLDER 为空：请选择一个新的或空的文件夹。</translation>
    </message>
    <message>
        <source>{n} files in &apos;{folder}&apos;. Start LISFLOOD-FP there with: lisflood -v {name}</source>
        <translation>“{folder}”中有 {n} 个文件。在该处启动 LISFLOOD-FP：lisflood -v {name}</translation>
    </message>
</context>
<context>
    <name>ExportServices</name>
    <message>
        <source>Export a catalogue of services</source>
        <translation>导出服务目录</translation>
    </message>
    <message>
        <source>Also withdrawn services</source>
        <translation>包括已下线的服务</translation>
    </message>
    <message>
        <source>Also services that their source no longer offers, marked as such.</source>
        <translation>包括来源已不再提供的服务，并予以标注。</translation>
    </message>
    <message>
        <source>OGC API Records (*.json);;Table (*.csv)</source>
        <translation>OGC API Records (*.json);;表格 (*.csv)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A file whose name ends in .json or .csv.</source>
        <translation>文件名以 .json 或 .csv 结尾的文件。</translation>
    </message>
    <message>
        <source>Services written</source>
        <translation>已写出的服务数</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ends neither in .json nor in .csv: rename it.</source>
        <translation>“{name}”不以 .json 或 .csv 结尾：请更改文件名。</translation>
    </message>
    <message>
        <source>{n} services were written.</source>
        <translation>已写出 {n} 个服务。</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes a catalogue of data services as a file for others: .json is a collection of OGC API Records, .csv a table for spreadsheets. Both can be imported again without loss, but for the names of authentication configurations.&lt;/p&gt;&lt;p&gt;Neither holds passwords or tokens: a record has only the name of an authentication configuration. In the table, texts that a spreadsheet would take for a formula begin with an apostrophe.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将数据服务目录写成供他人使用的文件：.json 为 OGC API Records 集合，.csv 为电子表格。两者均可再次导入，除认证配置的名称外不丢失任何内容。&lt;/p&gt;&lt;p&gt;两者都不含密码或令牌：记录中只有认证配置的名称。表格中，会被电子表格当作公式的文本以撇号开头。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>FetchObservations</name>
    <message>
        <source>Fetch observations</source>
        <translation>获取观测值</translation>
    </message>
    <message>
        <source>&lt;p&gt;Fetches the observations of the sensors of a SensorThings or OGC API EDR service of the catalogue: the latest value of each sensor, or all values in an interval, with all pages. For a table of sites in PostGIS, the observations are those of the table that refers to it.&lt;/p&gt;&lt;p&gt;Each row is a point with sensor, site, property, value, unit and time. Among the latest values, a sensor without an observation has a row too.&lt;/p&gt;</source>
        <translation>&lt;p&gt;从目录中的 SensorThings 或 OGC API EDR 服务获取传感器的观测值：各传感器的最新值，或某一时段内的全部值（包括所有分页）。对于 PostGIS 中的站点表，取引用该表的观测表中的观测值。&lt;/p&gt;&lt;p&gt;每行为一个点，含传感器、站点、观测属性、数值、单位和时间。获取最新值时，没有观测值的传感器也保留一行。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Only the latest</source>
        <translation>仅最新值</translation>
    </message>
    <message>
        <source>The latest value of each sensor; otherwise every value in the interval.</source>
        <translation>各传感器的最新值；不勾选时获取该时段内的全部值。</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>观测值</translation>
    </message>
    <message>
        <source>Points with value, unit and time (UTC).</source>
        <translation>含数值、单位和时间 (UTC) 的点。</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>Access</source>
        <translation>访问</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Below ground</source>
        <translation>地下</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>内涝</translation>
    </message>
    <message>
        <source>floor</source>
        <translation>楼面标高</translation>
    </message>
    <message>
        <source>floor area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>from</source>
        <translation>自</translation>
    </message>
    <message>
        <source>ground floor</source>
        <translation>首层标高</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>leads outside</source>
        <translation>通向室外</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>标高</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>sill</source>
        <translation>门槛标高</translation>
    </message>
    <message>
        <source>sill taken from</source>
        <translation>门槛标高依据</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Storey</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>IFC class</source>
        <translation>IFC 类</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Area (m²)</source>
        <translation>面积 (m²)</translation>
    </message>
    <message>
        <source>Area seen from above (m²)</source>
        <translation>投影面积 (m²)</translation>
    </message>
    <message>
        <source>Assessed use</source>
        <translation>评估用途</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Basement area (m²)</source>
        <translation>地下建筑面积 (m²)</translation>
    </message>
    <message>
        <source>Basement reached</source>
        <translation>地下室进水</translation>
    </message>
    <message>
        <source>Cadence</source>
        <translation>更新周期</translation>
    </message>
    <message>
        <source>Clear width (m)</source>
        <translation>净宽 (m)</translation>
    </message>
    <message>
        <source>Coordinate shift</source>
        <translation>坐标偏移</translation>
    </message>
    <message>
        <source>Crs</source>
        <translation>CRS</translation>
    </message>
    <message>
        <source>Damage (share of value)</source>
        <translation>损失（占价值比例）</translation>
    </message>
    <message>
        <source>Depth outside (m)</source>
        <translation>墙外水深 (m)</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>District</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Doubts</source>
        <translation>存疑之处</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>人工编辑</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>构件数</translation>
    </message>
    <message>
        <source>First opening reached</source>
        <translation>首个进水口</translation>
    </message>
    <message>
        <source>Flood run</source>
        <translation>内涝模拟编号</translation>
    </message>
    <message>
        <source>Footprint area (m²)</source>
        <translation>基底面积 (m²)</translation>
    </message>
    <message>
        <source>Gone since</source>
        <translation>消失时间</translation>
    </message>
    <message>
        <source>Gross floor area (m²)</source>
        <translation>建筑面积 (m²)</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Health reason</source>
        <translation>状态原因</translation>
    </message>
    <message>
        <source>Health time</source>
        <translation>检查时间</translation>
    </message>
    <message>
        <source>Height (m)</source>
        <translation>高度 (m)</translation>
    </message>
    <message>
        <source>Highest level (m)</source>
        <translation>最高标高 (m)</translation>
    </message>
    <message>
        <source>How sure (0 to 1)</source>
        <translation>可信度（0 至 1）</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近采集</translation>
    </message>
    <message>
        <source>Latency (ms)</source>
        <translation>响应时间 (ms)</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Leads outside</source>
        <translation>通向室外</translation>
    </message>
    <message>
        <source>Level of the floor (m)</source>
        <translation>楼面标高 (m)</translation>
    </message>
    <message>
        <source>Level of the ground floor (m)</source>
        <translation>首层标高 (m)</translation>
    </message>
    <message>
        <source>Level of the sill (m)</source>
        <translation>门槛标高 (m)</translation>
    </message>
    <message>
        <source>Lifecycle stage</source>
        <translation>生命周期阶段</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Lowest level (m)</source>
        <translation>最低标高 (m)</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>虚构</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Number (0 is the ground floor)</source>
        <translation>层号（0 为首层）</translation>
    </message>
    <message>
        <source>Parts with water inside</source>
        <translation>进水部分（编号）</translation>
    </message>
    <message>
        <source>People (estimate)</source>
        <translation>人数（估算）</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Risk class (0 to 4)</source>
        <translation>风险等级（0 至 4）</translation>
    </message>
    <message>
        <source>Sill taken from</source>
        <translation>门槛标高依据</translation>
    </message>
    <message>
        <source>Stage of its life</source>
        <translation>生命周期阶段</translation>
    </message>
    <message>
        <source>Storeys above ground</source>
        <translation>地上层数</translation>
    </message>
    <message>
        <source>Storeys below ground</source>
        <translation>地下层数</translation>
    </message>
    <message>
        <source>Storeys reached</source>
        <translation>积水到达的楼层数</translation>
    </message>
    <message>
        <source>Subdivision</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>Themes</source>
        <translation>专题</translation>
    </message>
    <message>
        <source>Time end</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Time start</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>有效自</translation>
    </message>
    <message>
        <source>Valid to</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>Water arrives after (min)</source>
        <translation>积水到达时间 (min)</translation>
    </message>
    <message>
        <source>Water comes in after (min)</source>
        <translation>进水时间 (min)</translation>
    </message>
    <message>
        <source>Water level outside (m)</source>
        <translation>墙外水位 (m)</translation>
    </message>
    <message>
        <source>Catchment (m²)</source>
        <translation>汇水面积（m²）</translation>
    </message>
    <message>
        <source>Depression</source>
        <translation>洼地</translation>
    </message>
    <message>
        <source>Depressions downstream</source>
        <translation>下游洼地数</translation>
    </message>
    <message>
        <source>Filled (%)</source>
        <translation>蓄满程度（%）</translation>
    </message>
    <message>
        <source>Greatest depth (m)</source>
        <translation>最大深度（m）</translation>
    </message>
    <message>
        <source>Nesting (0 is outermost)</source>
        <translation>嵌套层级（0 为最外层）</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Overflow at x</source>
        <translation>溢流点 x</translation>
    </message>
    <message>
        <source>Overflow at y</source>
        <translation>溢流点 y</translation>
    </message>
    <message>
        <source>Overflow level (m)</source>
        <translation>溢流水位（m）</translation>
    </message>
    <message>
        <source>Overflows into</source>
        <translation>溢流至</translation>
    </message>
    <message>
        <source>Part of depression</source>
        <translation>所属洼地</translation>
    </message>
    <message>
        <source>Rain to fill (mm)</source>
        <translation>蓄满雨量（mm）</translation>
    </message>
    <message>
        <source>Volume (m³)</source>
        <translation>容积（m³）</translation>
    </message>
    <message>
        <source>Water</source>
        <translation>水量</translation>
    </message>
    <message>
        <source>Water after the rain (m³)</source>
        <translation>雨后蓄水量（m³）</translation>
    </message>
    <message>
        <source>Longest time under water (min)</source>
        <translation>最长积水时间（min）</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>积水点</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>像元数</translation>
    </message>
    <message>
        <source>Cure</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>Depth or height (m)</source>
        <translation>深度或高度（m）</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Length (m)</source>
        <translation>长度（m）</translation>
    </message>
    <message>
        <source>Mended in the copy</source>
        <translation>副本中已修复</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>严重程度</translation>
    </message>
    <message>
        <source>Size and place</source>
        <translation>大小和位置</translation>
    </message>
    <message>
        <source>Value of no data</source>
        <translation>无数据值</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题说明</translation>
    </message>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Y</source>
        <translation>Y</translation>
    </message>
    <message>
        <source>Openings reached</source>
        <translation>积水到达的洞口数</translation>
    </message>
    <message>
        <source>At (min)</source>
        <translation>出现时间 (min)</translation>
    </message>
    <message>
        <source>Back (m³)</source>
        <translation>反向水量 (m³)</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>From start to end (m³)</source>
        <translation>从起点到终点的水量 (m³)</translation>
    </message>
    <message>
        <source>Highest level at the end (m)</source>
        <translation>终点最高水位 (m)</translation>
    </message>
    <message>
        <source>Highest level at the start (m)</source>
        <translation>起点最高水位 (m)</translation>
    </message>
    <message>
        <source>Largest flow (m³/s)</source>
        <translation>最大流量 (m³/s)</translation>
    </message>
    <message>
        <source>Limited by the cells (share of the time)</source>
        <translation>受单元水量限制（时间占比）</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>构筑物</translation>
    </message>
    <message>
        <source>Submerged (share of the time)</source>
        <translation>淹没出流（时间占比）</translation>
    </message>
    <message>
        <source>What governed it</source>
        <translation>控制流态</translation>
    </message>
    <message>
        <source>With flow (min)</source>
        <translation>过流时间 (min)</translation>
    </message>
    <message>
        <source>Bottom (m)</source>
        <translation>底部 (m)</translation>
    </message>
    <message>
        <source>Conduit</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>Cross-section</source>
        <translation>断面</translation>
    </message>
    <message>
        <source>Exchanges water with the street</source>
        <translation>与街面交换水量</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>Given back to the street (m³)</source>
        <translation>返回街面 (m³)</translation>
    </message>
    <message>
        <source>Highest level below the rim (m)</source>
        <translation>最高水位低于井口 (m)</translation>
    </message>
    <message>
        <source>Largest filling (0 to 1)</source>
        <translation>最大充满度 (0 至 1)</translation>
    </message>
    <message>
        <source>Largest velocity (m/s)</source>
        <translation>最大流速 (m/s)</translation>
    </message>
    <message>
        <source>Left to the outside (m³)</source>
        <translation>流出到外部 (m³)</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Rim (m)</source>
        <translation>井口 (m)</translation>
    </message>
    <message>
        <source>Taken from the street (m³)</source>
        <translation>从街面截流 (m³)</translation>
    </message>
    <message>
        <source>Terrain (m)</source>
        <translation>地形 (m)</translation>
    </message>
    <message>
        <source>Time of the highest level (min)</source>
        <translation>最高水位时间 (min)</translation>
    </message>
    <message>
        <source>Time of the largest flow (min)</source>
        <translation>最大流量时间 (min)</translation>
    </message>
    <message>
        <source>To</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Water above the rim (min)</source>
        <translation>水位高于井口 (min)</translation>
    </message>
    <message>
        <source>Why it does not</source>
        <translation>不交换的原因</translation>
    </message>
    <message>
        <source>Capture ratio (%)</source>
        <translation>径流控制率（%）</translation>
    </message>
    <message>
        <source>First overflow (min)</source>
        <translation>首次溢流时间（min）</translation>
    </message>
    <message>
        <source>Held at the end (m³)</source>
        <translation>结束时蓄水量（m³）</translation>
    </message>
    <message>
        <source>Kind of surface</source>
        <translation>设施类型</translation>
    </message>
    <message>
        <source>Number in the layer</source>
        <translation>图层中的序号</translation>
    </message>
    <message>
        <source>Of this to drains (m³)</source>
        <translation>其中排入管网（m³）</translation>
    </message>
    <message>
        <source>Passed on (m³)</source>
        <translation>渗排水量（m³）</translation>
    </message>
    <message>
        <source>Rain on it (m³)</source>
        <translation>设施上的降雨量（m³）</translation>
    </message>
    <message>
        <source>Storage (m³)</source>
        <translation>蓄水容积（m³）</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>Taken up (m³)</source>
        <translation>吸纳水量（m³）</translation>
    </message>
    <message>
        <source>0.15 m deep after (min)</source>
        <translation>达到 0.15 m（min）</translation>
    </message>
    <message>
        <source>0.30 m deep after (min)</source>
        <translation>达到 0.30 m（min）</translation>
    </message>
    <message>
        <source>1.20 m deep after (min)</source>
        <translation>达到 1.20 m（min）</translation>
    </message>
    <message>
        <source>Greatest inflow (m³/s)</source>
        <translation>最大进流量（m³/s）</translation>
    </message>
    <message>
        <source>Greatest inflow after (min)</source>
        <translation>最大进流时间（min）</translation>
    </message>
    <message>
        <source>Holds when full (m³)</source>
        <translation>满时容量（m³）</translation>
    </message>
    <message>
        <source>Inflow by opening (m³)</source>
        <translation>各开口进水量（m³）</translation>
    </message>
    <message>
        <source>Most water (m³)</source>
        <translation>最大水量（m³）</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Openings to the terrain</source>
        <translation>通向地面的开口</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>地下空间</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Water at the end (m³)</source>
        <translation>结束时水量（m³）</translation>
    </message>
    <message>
        <source>Water came after (min)</source>
        <translation>进水时间（min）</translation>
    </message>
    <message>
        <source>Water came first by</source>
        <translation>最先进水的开口</translation>
    </message>
    <message>
        <source>Water that came in (m³)</source>
        <translation>进水量（m³）</translation>
    </message>
    <message>
        <source>Water that went back (m³)</source>
        <translation>回流水量（m³）</translation>
    </message>
    <message>
        <source>Avoided in a year</source>
        <translation>每年减少</translation>
    </message>
    <message>
        <source>Costs less in a rarer event</source>
        <translation>更稀遇事件损失反而更小</translation>
    </message>
    <message>
        <source>Damage</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Expected annual damage</source>
        <translation>年期望损失</translation>
    </message>
    <message>
        <source>Expected annual damage with the measure</source>
        <translation>有措施时的年期望损失</translation>
    </message>
    <message>
        <source>Known events</source>
        <translation>已知事件</translation>
    </message>
    <message>
        <source>Of it before the most frequent event</source>
        <translation>其中最常遇事件之前的部分</translation>
    </message>
    <message>
        <source>Of it beyond the rarest event</source>
        <translation>其中最稀遇事件之外的部分</translation>
    </message>
    <message>
        <source>Share of the tails (%)</source>
        <translation>尾部占比（%）</translation>
    </message>
    <message>
        <source>Times the mean</source>
        <translation>均值的倍数</translation>
    </message>
    <message>
        <source>Unit of the damage</source>
        <translation>损失的单位</translation>
    </message>
    <message>
        <source>Unknown events (years)</source>
        <translation>未知事件（年）</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Area (km²)</source>
        <translation>面积（km²）</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Assets with an unknown event</source>
        <translation>有未知事件的对象</translation>
    </message>
    <message>
        <source>Expected annual damage by km²</source>
        <translation>每平方公里年期望损失</translation>
    </message>
    <message>
        <source>Share of the total (%)</source>
        <translation>占总数的比例（%）</translation>
    </message>
    <message>
        <source>Times the mean by area</source>
        <translation>按面积为平均值的倍数</translation>
    </message>
    <message>
        <source>Rule for the cells of a building</source>
        <translation>建筑计算单元的规则</translation>
    </message>
    <message>
        <source>Share of its cells that are wet</source>
        <translation>有水单元占比</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Highest water above the sill (m)</source>
        <translation>门槛以上最高水深（m）</translation>
    </message>
    <message>
        <source>Share of the street&apos;s water near it (%)</source>
        <translation>占附近街道水量的比例（%）</translation>
    </message>
    <message>
        <source>Sill and width from</source>
        <translation>门槛和宽度来源</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>价值</translation>
    </message>
    <message>
        <source>Arrive after (min)</source>
        <translation>到达（分钟）</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>街区</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Class of the road</source>
        <translation>道路等级</translation>
    </message>
    <message>
        <source>Closes after (min)</source>
        <translation>封闭（分钟）</translation>
    </message>
    <message>
        <source>In place by (min)</source>
        <translation>到位（分钟）</translation>
    </message>
    <message>
        <source>Latest departure (min)</source>
        <translation>最晚出发（分钟）</translation>
    </message>
    <message>
        <source>Leave after (min)</source>
        <translation>出发（分钟）</translation>
    </message>
    <message>
        <source>Minute</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>Not used because</source>
        <translation>不启用原因</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Opens after (min)</source>
        <translation>恢复（分钟）</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>People with a place</source>
        <translation>已安置人数</translation>
    </message>
    <message>
        <source>People without a place</source>
        <translation>无处安置人数</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Places taken (%)</source>
        <translation>占用率（%）</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Shelter</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Shown from</source>
        <translation>显示起始</translation>
    </message>
    <message>
        <source>Shown until</source>
        <translation>显示截止</translation>
    </message>
    <message>
        <source>Warning level</source>
        <translation>预警等级</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Content loss</source>
        <translation>室内财产损失</translation>
    </message>
    <message>
        <source>Content value</source>
        <translation>室内财产价值</translation>
    </message>
    <message>
        <source>Damage of the content (share of value)</source>
        <translation>室内财产损失（占价值比例）</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>People at full occupancy</source>
        <translation>满员人数</translation>
    </message>
    <message>
        <source>People counted at (h)</source>
        <translation>人数对应时刻（h）</translation>
    </message>
    <message>
        <source>Structure loss</source>
        <translation>建筑结构损失</translation>
    </message>
    <message>
        <source>Structure value</source>
        <translation>建筑结构价值</translation>
    </message>
    <message>
        <source>Latest by any way (min)</source>
        <translation>经任一路线最晚出发（分钟）</translation>
    </message>
    <message>
        <source>Deepest water on the wall (m)</source>
        <translation>墙顶最大水深 (m)</translation>
    </message>
    <message>
        <source>On the wall first at (min)</source>
        <translation>首次漫顶时间 (min)</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>墙体</translation>
    </message>
    <message>
        <source>Buildings of class 1</source>
        <translation>1 级建筑数</translation>
    </message>
    <message>
        <source>Buildings of class 2</source>
        <translation>2 级建筑数</translation>
    </message>
    <message>
        <source>Buildings of class 3</source>
        <translation>3 级建筑数</translation>
    </message>
    <message>
        <source>Buildings of class 4</source>
        <translation>4 级建筑数</translation>
    </message>
    <message>
        <source>Buildings with water inside</source>
        <translation>进水建筑数</translation>
    </message>
    <message>
        <source>Distance (0 the same, 1 nothing in common)</source>
        <translation>距离（0 为相同，1 为毫无共同之处）</translation>
    </message>
    <message>
        <source>Distance of the rain</source>
        <translation>降雨距离</translation>
    </message>
    <message>
        <source>Distance of the water</source>
        <translation>水位距离</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Id of the flood run</source>
        <translation>内涝模拟编号</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>措施</translation>
    </message>
    <message>
        <source>Most rain in 10 min (mm)</source>
        <translation>10 分钟最大雨量（mm）</translation>
    </message>
    <message>
        <source>Most rain in 120 min (mm)</source>
        <translation>120 分钟最大雨量（mm）</translation>
    </message>
    <message>
        <source>Most rain in 30 min (mm)</source>
        <translation>30 分钟最大雨量（mm）</translation>
    </message>
    <message>
        <source>Most rain in 60 min (mm)</source>
        <translation>60 分钟最大雨量（mm）</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>是否接近</translation>
    </message>
    <message>
        <source>Openings with water above the sill</source>
        <translation>水位高于门槛的开口数</translation>
    </message>
    <message>
        <source>Rain in all (mm)</source>
        <translation>总雨量（mm）</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Return period (years)</source>
        <translation>重现期（年）</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Wet area (m²)</source>
        <translation>淹没面积（m²）</translation>
    </message>
    <message>
        <source>Why not compared</source>
        <translation>未比较的原因</translation>
    </message>
</context>
<context>
    <name>FilmPage</name>
    <message>
        <source>h:min after the start</source>
        <translation>开始后 (时:分)</translation>
    </message>
    <message>
        <source>velocity</source>
        <translation>流速</translation>
    </message>
</context>
<context>
    <name>FindWaterlogging</name>
    <message>
        <source>Find waterlogging</source>
        <translation>查找易涝点</translation>
    </message>
    <message>
        <source>&lt;p&gt;Finds the depressions of a terrain in which rain collects: depth, volume, pour point, catchment, the rain that fills them, and the depression that they overflow into. Depressions inside others are found too. This is a quick search by the shape of the ground, without drains, infiltration and time: check what it finds with &apos;Simulate flood&apos;.&lt;/p&gt;</source>
        <translation>&lt;p&gt;查找地形中会积水的洼地：深度、容积、溢流点、汇水区、蓄满所需雨量，以及溢流后流入的洼地。洼地内部的次级洼地也会找出。这是仅依据地面形态的快速查找，不考虑排水、下渗和时间过程：请用“内涝模拟”核实结果。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Ground levels in metres, in a projected CRS. Water leaves where there is no data.</source>
        <translation>地面高程，单位米，采用投影坐标系。水从无数据处流出。</translation>
    </message>
    <message>
        <source>Footprints that block the water, as blocks 5 m high: any polygon layer, in any CRS.</source>
        <translation>阻水的建筑物轮廓，按 5 m 高的块体处理：任意面图层，任意坐标系。</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑物</translation>
    </message>
    <message>
        <source>Depth from which a full depression is shown.</source>
        <translation>洼地蓄满时的深度达到此值才输出。</translation>
    </message>
    <message>
        <source>Least depth (m)</source>
        <translation>最小深度（m）</translation>
    </message>
    <message>
        <source>Area from which a full depression is shown.</source>
        <translation>洼地蓄满时的面积达到此值才输出。</translation>
    </message>
    <message>
        <source>Least area (m²)</source>
        <translation>最小面积（m²）</translation>
    </message>
    <message>
        <source>Rain on the whole terrain without losses; OUTPUT then has the water in each depression, with the overflow of others. Empty: none.</source>
        <translation>降在整个地形上的雨量，不计损失；OUTPUT 随之给出各洼地的蓄水量，含其他洼地的溢流。留空：不计算。</translation>
    </message>
    <message>
        <source>Rain (mm)</source>
        <translation>雨量（mm）</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>The area to search; water leaves at its edge, so take it wide. Empty: all of the terrain.</source>
        <translation>查找范围；水会从其边缘流出，因此应取得宽一些。留空：整个地形。</translation>
    </message>
    <message>
        <source>Empty: the terrain&apos;s own.</source>
        <translation>留空：采用地形自身的像元大小。</translation>
    </message>
    <message>
        <source>Cell size (m)</source>
        <translation>像元大小（m）</translation>
    </message>
    <message>
        <source>Polygons of the full depressions, the outermost ones below those inside them.</source>
        <translation>洼地蓄满时的范围面，外层洼地在下，内部洼地在上。</translation>
    </message>
    <message>
        <source>Waterlogging</source>
        <translation>易涝洼地</translation>
    </message>
    <message>
        <source>The terrain, with buildings as blocks and every depression filled to its overflow, in m.</source>
        <translation>填洼后的地形，建筑物为块体，各洼地均填至溢流水位，单位 m。</translation>
    </message>
    <message>
        <source>Filled terrain</source>
        <translation>填洼地形</translation>
    </message>
    <message>
        <source>Outermost depressions shown</source>
        <translation>输出的最外层洼地数</translation>
    </message>
    <message>
        <source>Volume of the depressions shown (m³)</source>
        <translation>输出洼地的总容积（m³）</translation>
    </message>
    <message>
        <source>{shown} depressions shown, {outer} of them outermost, of {all} in the terrain.</source>
        <translation>输出 {shown} 个洼地，其中最外层 {outer} 个；地形中共有 {all} 个洼地。</translation>
    </message>
    <message>
        <source>Reported places that were found</source>
        <translation>命中数（已找出的上报积水点）</translation>
    </message>
    <message>
        <source>Reported places that were not found</source>
        <translation>漏报数（未找出的上报积水点）</translation>
    </message>
    <message>
        <source>Found places that nobody reported</source>
        <translation>空报数（无人上报的积水处）</translation>
    </message>
    <message>
        <source>Critical success index</source>
        <translation>临界成功指数（CSI）</translation>
    </message>
    <message>
        <source>Depths over time: RESULT of the flood simulation (.nc). POINTS are found in it.</source>
        <translation>水深过程：内涝模拟的 RESULT（.nc）。POINTS 由此得出。</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Depth from which a cell of RESULT counts for POINTS.</source>
        <translation>RESULT 的像元水深达到此值才计入 POINTS。</translation>
    </message>
    <message>
        <source>Depth of points (m)</source>
        <translation>积水点水深（m）</translation>
    </message>
    <message>
        <source>Time without a break that a cell of RESULT must be so deep.</source>
        <translation>RESULT 的像元须连续达到该水深的时间。</translation>
    </message>
    <message>
        <source>Time of points (min)</source>
        <translation>积水点历时（min）</translation>
    </message>
    <message>
        <source>Reported places</source>
        <translation>上报积水点</translation>
    </message>
    <message>
        <source>Places where water stood, in any CRS. They are compared with the areas of POINTS where RESULT is given, else with the outermost depressions: hits, misses, false alarms and the critical success index.</source>
        <translation>曾经积水的地点，任意坐标系。给出 RESULT 时与 POINTS 的积水区比较，否则与最外层洼地比较：命中、漏报、空报和临界成功指数。</translation>
    </message>
    <message>
        <source>A reported place so near to a found one is a hit.</source>
        <translation>上报点与找出的积水处相距不超过此值即为命中。</translation>
    </message>
    <message>
        <source>Near (m)</source>
        <translation>邻近距离（m）</translation>
    </message>
    <message>
        <source>A point for each area of RESULT that is deep enough for long enough, at its deepest cell.</source>
        <translation>RESULT 中水深和历时均达标的每片积水区一个点，位于其最深像元。</translation>
    </message>
    <message>
        <source>Waterlogging points</source>
        <translation>积水点</translation>
    </message>
    <message>
        <source>POINTS are found in the result of a simulation: choose it in RESULT.</source>
        <translation>POINTS 由模拟结果得出：请在 RESULT 中选择该结果。</translation>
    </message>
    <message>
        <source>{count} areas of the result are at least {depth} m deep for {minutes} min.</source>
        <translation>结果中有 {count} 片区域水深不小于 {depth} m 且持续 {minutes} min。</translation>
    </message>
    <message>
        <source>{hits} hits, {misses} misses, {alarms} false alarms: critical success index {csi}.</source>
        <translation>命中 {hits}，漏报 {misses}，空报 {alarms}：临界成功指数 {csi}。</translation>
    </message>
</context>
<context>
    <name>FloodAnimation</name>
    <message>
        <source>Film of a flood</source>
        <translation>内涝影片</translation>
    </message>
    <message>
        <source>&lt;p&gt;Draws the map at each time of a simulation&apos;s RESULT and writes the frames as a film: an animated GIF, which every browser, mail program and office program shows, or an MP4 (H.264), which is smaller and has all colours.&lt;/p&gt;&lt;p&gt;Below the map stand the time after the start, the title, the legend of the depths and a scale bar. UNDER and OVER are the layers around the flood, as they are styled.&lt;/p&gt;&lt;p&gt;An MP4 needs the Python package av (PyAV), which the plugin does not install.&lt;/p&gt;</source>
        <translation>&lt;p&gt;在模拟结果 RESULT 的每个时刻绘制地图，并将各帧写成影片：动态 GIF，任何浏览器、邮件和办公软件都能显示；或 MP4 (H.264)，文件更小且颜色完整。&lt;/p&gt;&lt;p&gt;地图下方有开始后的时间、标题、水深图例和比例尺。UNDER 和 OVER 是水下和水上的图层，按其样式绘制。&lt;/p&gt;&lt;p&gt;MP4 需要 Python 包 av (PyAV)，插件不会安装它。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Output RESULT of &apos;Simulate flood&apos;.</source>
        <translation>“内涝模拟”的输出 RESULT。</translation>
    </message>
    <message>
        <source>Layers under the flood</source>
        <translation>水下的图层</translation>
    </message>
    <message>
        <source>Terrain, relief, roads, the first one on top. Empty: a plain ground.</source>
        <translation>地形、晕渲、道路，第一个在最上面。留空：单色底。</translation>
    </message>
    <message>
        <source>Layers over the flood</source>
        <translation>水上的图层</translation>
    </message>
    <message>
        <source>Buildings and names, the first one on top.</source>
        <translation>建筑和名称，第一个在最上面。</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>What the film shows; empty: all of RESULT.</source>
        <translation>影片显示的范围；留空：RESULT 全部。</translation>
    </message>
    <message>
        <source>Of the whole film, in pixels; even numbers for .mp4.</source>
        <translation>整个影片的像素数；.mp4 须为偶数。</translation>
    </message>
    <message>
        <source>Width (pixels)</source>
        <translation>宽 (像素)</translation>
    </message>
    <message>
        <source>Height (pixels)</source>
        <translation>高 (像素)</translation>
    </message>
    <message>
        <source>How many times of RESULT pass in a second of the film.</source>
        <translation>影片每秒经过 RESULT 的多少个时刻。</translation>
    </message>
    <message>
        <source>Frames in a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>First time to show, in minutes after the start; empty: the start.</source>
        <translation>显示的第一个时刻，开始后的分钟数；留空：开始时刻。</translation>
    </message>
    <message>
        <source>From (min)</source>
        <translation>从 (min)</translation>
    </message>
    <message>
        <source>Last time to show, in minutes after the start; empty: the end.</source>
        <translation>显示的最后时刻，开始后的分钟数；留空：结束时刻。</translation>
    </message>
    <message>
        <source>To (min)</source>
        <translation>至 (min)</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Stands below the map, for instance the storm and the place.</source>
        <translation>显示在地图下方，例如暴雨和地点。</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>The classes of the depth.</source>
        <translation>水深分级。</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>The velocity of the water as arrows.</source>
        <translation>以箭头表示水流速度。</translation>
    </message>
    <message>
        <source>Scale bar</source>
        <translation>比例尺</translation>
    </message>
    <message>
        <source>A scale bar below the map.</source>
        <translation>地图下方的比例尺。</translation>
    </message>
    <message>
        <source>Animated GIF (*.gif)</source>
        <translation>动态 GIF (*.gif)</translation>
    </message>
    <message>
        <source>MP4 film (*.mp4)</source>
        <translation>MP4 影片 (*.mp4)</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>影片</translation>
    </message>
    <message>
        <source>The film, .gif or .mp4 by its name.</source>
        <translation>影片，由文件名决定为 .gif 或 .mp4。</translation>
    </message>
    <message>
        <source>Folder of the frames</source>
        <translation>各帧的文件夹</translation>
    </message>
    <message>
        <source>Each frame as a PNG picture, for programs that cut films; a new or an empty folder.</source>
        <translation>每帧一个 PNG 图片，供剪辑软件使用；新建或空的文件夹。</translation>
    </message>
    <message>
        <source>Number of frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>Length of the film (s)</source>
        <translation>影片长度 (s)</translation>
    </message>
    <message>
        <source>{n} frames from {first} min to {last} min, {seconds} s.</source>
        <translation>{n} 帧，从 {first} min 到 {last} min，共 {seconds} s。</translation>
    </message>
    <message>
        <source>RESULT cannot be opened: choose the .nc file that &apos;Simulate flood&apos; wrote.</source>
        <translation>无法打开 RESULT：请选择“内涝模拟”写出的 .nc 文件。</translation>
    </message>
</context>
<context>
    <name>FloodBalance</name>
    <message>
        <source>Water balance of zones</source>
        <translation>分区水量平衡</translation>
    </message>
    <message>
        <source>&lt;p&gt;Adds up the water of a simulated flood by zone and time: volume, wet area, greatest and mean depth, the change, and what came in from around. Zones are any polygons: catchments, blocks, districts.&lt;/p&gt;&lt;p&gt;A cell belongs to the zone that holds its centre. The zones and what is outside them add up to the water that the run stored, which is checked and reported.&lt;/p&gt;</source>
        <translation>&lt;p&gt;按分区和时间汇总模拟洪水的水量：体积、淹没面积、最大和平均水深、变化量以及从周围流入的水量。分区可为任意多边形：汇水区、街区、片区。&lt;/p&gt;&lt;p&gt;像元属于包含其中心的分区。各分区与区外之和等于模拟的蓄水量，算法对此进行检查并报告。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Output RESULT of the flood simulation.</source>
        <translation>内涝模拟的输出 RESULT。</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Polygons in any CRS. Where they overlap, the later one in the layer counts.</source>
        <translation>任意坐标参考系的多边形。重叠处以图层中靠后的多边形为准。</translation>
    </message>
    <message>
        <source>Name of the zones</source>
        <translation>分区名称</translation>
    </message>
    <message>
        <source>Field whose values name the zones in OUTPUT and PICTURE; empty: the feature id.</source>
        <translation>其值作为 OUTPUT 和 PICTURE 中分区名称的字段；留空：要素 id。</translation>
    </message>
    <message>
        <source>Water balance of the run</source>
        <translation>模拟的水量平衡</translation>
    </message>
    <message>
        <source>Output BALANCE of the simulation: with it the rain and the exchange of each zone are known.</source>
        <translation>模拟的输出 BALANCE：有了它即可得到各分区的降雨量和交换量。</translation>
    </message>
    <message>
        <source>Depth from which a cell counts as wet.</source>
        <translation>像元计为淹没的起始水深。</translation>
    </message>
    <message>
        <source>Wet from (m)</source>
        <translation>淹没起算水深（m）</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Output SUMMARY of the simulation; empty: that of the run in the folder of RESULT.</source>
        <translation>模拟的输出 SUMMARY；留空：取 RESULT 所在文件夹中该次模拟的文件。</translation>
    </message>
    <message>
        <source>A row for each zone and time, for what is outside all zones, and for all together.</source>
        <translation>每个分区和时间一行，另有所有分区之外及总计各一行。</translation>
    </message>
    <message>
        <source>Water of the zones</source>
        <translation>分区水量</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG drawing (*.svg)</source>
        <translation>PNG 图片 (*.png);;SVG 图形 (*.svg)</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>The volumes of the zones over time, stacked: the largest seven, the others together.</source>
        <translation>各分区水量随时间的堆叠图：最大的七个分区，其余合并。</translation>
    </message>
    <message>
        <source>Zones that hold cells</source>
        <translation>包含像元的分区数</translation>
    </message>
    <message>
        <source>Most water at one time (m³)</source>
        <translation>同一时刻的最大水量（m³）</translation>
    </message>
    <message>
        <source>Water at the end (m³)</source>
        <translation>结束时的水量（m³）</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Chart of the run</source>
        <translation>模拟的图表</translation>
    </message>
    <message>
        <source>Where the water of the run went over time, stacked: on the terrain, into the ground and drains, over each edge. It needs BALANCE.</source>
        <translation>模拟水量去向随时间的堆叠图：地面存水、下渗、排水和经各边界流出。需要 BALANCE。</translation>
    </message>
</context>
<context>
    <name>FloodDock</name>
    <message>
        <source>Flood</source>
        <translation>内涝</translation>
    </message>
    <message>
        <source>Simulate in the background; the time is an estimate from earlier runs on this machine.</source>
        <translation>在后台模拟；所示时间根据本机以往的运行估算。</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Extent (empty: all of the terrain)</source>
        <translation>范围（空：整个地形）</translation>
    </message>
    <message>
        <source>Storm</source>
        <translation>暴雨</translation>
    </message>
    <message>
        <source>Simulation</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Cell size, m (empty: the terrain&apos;s own)</source>
        <translation>网格尺寸（m，空：与地形一致）</translation>
    </message>
    <message>
        <source>Simulate</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Arrival time</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Time under water</source>
        <translation>淹没历时</translation>
    </message>
    <message>
        <source>Maximum water level</source>
        <translation>最高水位</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>{area} ha were wet; {volume} m³ of water at the peak; mass error {error}.</source>
        <translation>淹没面积 {area} ha；最大积水量 {volume} m³；水量平衡误差 {error}。</translation>
    </message>
    <message>
        <source>Choose a terrain first</source>
        <translation>请先选择地形</translation>
    </message>
    <message>
        <source>Choose a storm first</source>
        <translation>请先选择暴雨</translation>
    </message>
    <message>
        <source>Simulate {time}</source>
        <translation>模拟 {time}</translation>
    </message>
    <message>
        <source>Simulate {time} · {cells} cells · about {seconds}</source>
        <translation>模拟 {time} · {cells} 单元 · 约需 {seconds}</translation>
    </message>
    <message>
        <source>The flood tools are missing: switch on the provider City Twin in Processing&apos;s options.</source>
        <translation>找不到内涝工具：请在“选项”的“数据处理”中启用提供程序 City Twin。</translation>
    </message>
    <message>
        <source>Buildings as obstacles</source>
        <translation>作为阻水体的建筑</translation>
    </message>
    <message>
        <source>Simulated time, min (empty: duration of the rain plus 60 min)</source>
        <translation>模拟时长，min（留空：降雨历时加 60 min）</translation>
    </message>
    <message>
        <source>Compare with another flood</source>
        <translation>与另一场洪水对比</translation>
    </message>
    <message>
        <source>Points and lines</source>
        <translation>点与线</translation>
    </message>
    <message>
        <source>Simulate a flood for each row of a table: storms, tides, drains, measures. Opens the dialog.</source>
        <translation>对表中的每一行模拟一场洪水：暴雨、潮位、排水、措施。打开对话框。</translation>
    </message>
    <message>
        <source>Compare several storms…</source>
        <translation>比较多场暴雨…</translation>
    </message>
    <message>
        <source>rain of gauges</source>
        <translation>雨量站降雨</translation>
    </message>
    <message>
        <source>rain of rasters</source>
        <translation>栅格降雨</translation>
    </message>
    <message>
        <source>Simulate {time} · {cells} cells · about {seconds}
after a minute of compiling</source>
        <translation>模拟 {time} · {cells} 个单元 · 约 {seconds}
（首次运行另需编译约一分钟）</translation>
    </message>
</context>
<context>
    <name>FloodHydrographs</name>
    <message>
        <source>Flood hydrographs</source>
        <translation>内涝过程线</translation>
    </message>
    <message>
        <source>RESULT of the flood simulation (.nc).</source>
        <translation>内涝模拟的 RESULT (.nc)。</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Places to ask, in any CRS. Empty: COORDINATES.</source>
        <translation>要查询的位置，CRS 不限。空：采用 COORDINATES。</translation>
    </message>
    <message>
        <source>Id field</source>
        <translation>编号字段</translation>
    </message>
    <message>
        <source>Of the points: what point_id has. Empty: the number of the feature.</source>
        <translation>点图层的字段，写入 point_id。空：要素编号。</translation>
    </message>
    <message>
        <source>Instead of POINTS: x,y of each point, separated by semicolons, in the CRS of RESULT or of the code behind them: 493000,2491000; 493050,2491020 [EPSG:4547]. The points are numbered from 1.</source>
        <translation>代替 POINTS：各点的 x,y，用分号分隔，采用 RESULT 的 CRS 或末尾代码所示的 CRS：493000,2491000; 493050,2491020 [EPSG:4547]。点从 1 开始编号。</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>A table with a row for each point and step; direction_deg is where the water flows to.</source>
        <translation>每个点、每个时间步一行的表；direction_deg 为水流去向。</translation>
    </message>
    <message>
        <source>Hydrographs</source>
        <translation>过程线</translation>
    </message>
    <message>
        <source>Points with values</source>
        <translation>有值的点数</translation>
    </message>
    <message>
        <source>Points that stay dry</source>
        <translation>始终无水的点数</translation>
    </message>
    <message>
        <source>Points outside the result</source>
        <translation>结果范围外的点数</translation>
    </message>
    <message>
        <source>Points in buildings or without data</source>
        <translation>建筑内或无数据处的点数</translation>
    </message>
    <message>
        <source>Choose either POINTS or COORDINATES.</source>
        <translation>请在 POINTS 和 COORDINATES 中选择一项。</translation>
    </message>
    <message>
        <source>{count} points with values at {steps} steps, {dry} of them dry throughout; {out} without.</source>
        <translation>{count} 个点有值，共 {steps} 个时间步，其中 {dry} 个始终无水；{out} 个点无值。</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads depth, level, speed, direction and hazard (AIDR H1 to H6) over time at points, from RESULT of the flood simulation.&lt;/p&gt;&lt;p&gt;The values are those of the cell that holds the point, at each output step, without interpolation. Points outside the result, in buildings that are cut out or where the terrain has no data have no rows; the log counts and names them, and those that stay dry.&lt;/p&gt;&lt;p&gt;With OBSERVED, FIT says how well the run agrees with what was observed at the points, and PAIRS has both at the times of observation.&lt;/p&gt;</source>
        <translation>&lt;p&gt;从内涝模拟的 RESULT 读取各点随时间变化的水深、水位、流速、流向和危险等级（AIDR H1 至 H6）。&lt;/p&gt;&lt;p&gt;数值为点所在像元在每个输出步的值，不作插值。在结果范围之外、位于被挖除的建筑物内或地形无数据处的点没有行；日志会统计并列出这些点，以及始终干燥的点。&lt;/p&gt;&lt;p&gt;给出 OBSERVED 时，FIT 说明模拟与各点观测的吻合程度，PAIRS 给出观测时刻的两种数值。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Observed levels or depths, a row for each time: point_id (or sensor_id, id, name) as of the points, time_min or time, and level_m, depth_m, or value with unit as &apos;Fetch observations&apos; writes them. Where they are points, POINTS may be empty.</source>
        <translation>观测的水位或水深，每个时刻一行：与各点一致的 point_id（或 sensor_id、id、name）、time_min 或 time，以及 level_m、depth_m，或“获取观测值”写出的 value 和 unit。若为点图层，POINTS 可留空。</translation>
    </message>
    <message>
        <source>Observations</source>
        <translation>观测</translation>
    </message>
    <message>
        <source>What the column value of the observations has.</source>
        <translation>观测的列 value 中是什么。</translation>
    </message>
    <message>
        <source>Observed values are</source>
        <translation>观测值为</translation>
    </message>
    <message>
        <source>Height of the zero of observed levels above the terrain&apos;s datum; added to them.</source>
        <translation>观测水位零点高出地形高程基准的高度；加到观测水位上。</translation>
    </message>
    <message>
        <source>Datum of observed levels (m)</source>
        <translation>观测水位的基准面（m）</translation>
    </message>
    <message>
        <source>Start of the run</source>
        <translation>模拟开始时刻</translation>
    </message>
    <message>
        <source>Date and time (UTC) of its minute 0: needed for observations with moments.</source>
        <translation>第 0 分钟的日期和时间（UTC）：观测以时刻给出时需要。</translation>
    </message>
    <message>
        <source>For each observed point: pairs, bias, RMSE, Nash-Sutcliffe efficiency, errors of the peak.</source>
        <translation>每个观测点：配对数、偏差、均方根误差、纳什效率系数、峰值误差。</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>吻合程度</translation>
    </message>
    <message>
        <source>Observed and simulated values at the times of observation.</source>
        <translation>观测时刻的观测值与模拟值。</translation>
    </message>
    <message>
        <source>Observed and simulated</source>
        <translation>观测与模拟</translation>
    </message>
    <message>
        <source>FIT and PAIRS need OBSERVED: choose observations, or leave the outputs out.</source>
        <translation>FIT 和 PAIRS 需要 OBSERVED：请选择观测，或不要这些输出。</translation>
    </message>
</context>
<context>
    <name>FloodPages</name>
    <message>
        <source>simulated {hours} h</source>
        <translation>模拟时长 {hours} 小时</translation>
    </message>
    <message>
        <source>There is no map: no layer of a flood was given.</source>
        <translation>无地图：未提供内涝图层。</translation>
    </message>
    <message>
        <source>Building risk, number of buildings</source>
        <translation>建筑风险（建筑数）</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Hazard (AIDR 2017)</source>
        <translation>危险等级 (AIDR 2017)</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Arrival of water (h:min)</source>
        <translation>到达时间（时:分）</translation>
    </message>
    <message>
        <source>of {count} buildings have water inside</source>
        <translation>栋建筑室内进水（共 {count} 栋）</translation>
    </message>
    <message>
        <source>after the start, water first enters a building (h:min)</source>
        <translation>首栋建筑进水时间（自模拟开始起，时:分）</translation>
    </message>
    <message>
        <source>under at least {depth} m of water</source>
        <translation>水深达 {depth} m 及以上的面积</translation>
    </message>
    <message>
        <source>of rain</source>
        <translation>降雨量</translation>
    </message>
    <message>
        <source>No buildings were given: there is no table of the worst.</source>
        <translation>未提供建筑：无受淹最重建筑表。</translation>
    </message>
    <message>
        <source>In this scenario water reaches no building.</source>
        <translation>在本情景下，积水未到达任何建筑。</translation>
    </message>
    <message>
        <source>Depths: 0.15 m closes a lane, 0.30 m a road, 0.50 m endangers people. Risk classes: 1 water of 0.05 m or more around the building, 2 to 4 water above a sill. Results of a model of the terrain and the rain named here; they are not a forecast.</source>
        <translation>水深：0.15 m 封闭车道，0.30 m 封闭道路，0.50 m 危及人身安全。风险等级：1 级为建筑周围水深 0.05 m 及以上，2 至 4 级为积水高出门槛。以上为基于所列地形和降雨的模型计算结果，不是预报。</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>about {count}</source>
        <translation>约 {count}</translation>
    </message>
    <message>
        <source>people in these buildings, estimated</source>
        <translation>人在这些建筑内（估算）</translation>
    </message>
    <message>
        <source>of water at the deepest building, outside</source>
        <translation>建筑墙外最大水深</translation>
    </message>
    <message>
        <source>is the maximum depth, channels and underpasses included</source>
        <translation>最大水深（含渠道和下穿通道）</translation>
    </message>
    <message>
        <source>Depth outside: the greatest at the walls. In the reasons, m above: the water over the sill of the opening named.</source>
        <translation>墙外水深：外墙处最大水深。原因中的“高出 m”：水位高出所列开口门槛的高度。</translation>
    </message>
    <message>
        <source>Water reaches {count} buildings and enters none; all of them are in the annex</source>
        <translation>{count} 栋建筑周围有积水，均未进水；全部列于附件</translation>
    </message>
    <message>
        <source>All buildings with water inside: {count}</source>
        <translation>全部室内进水建筑：{count} 栋</translation>
    </message>
    <message>
        <source>The {shown} worst of {count} buildings with water inside; more of them are in the annex</source>
        <translation>{count} 栋室内进水建筑中最严重的 {shown} 栋；更多列于附件</translation>
    </message>
    <message>
        <source>The {shown} worst of {count} buildings with water inside; all of them are in the annex</source>
        <translation>{count} 栋室内进水建筑中最严重的 {shown} 栋；全部列于附件</translation>
    </message>
    <message>
        <source>City Twin {version}</source>
        <translation>City Twin {version}</translation>
    </message>
</context>
<context>
    <name>FloodProfiles</name>
    <message>
        <source>Flood profiles and discharges</source>
        <translation>内涝剖面与流量</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads terrain, level and depth along lines, and the discharge through them over time, from RESULT of the flood simulation.&lt;/p&gt;&lt;p&gt;A line is cut at the edges of the cells that it crosses. The discharge is the sum over the pieces of depth, velocity across the line and length, from the values of RESULT as they are; it is positive from the left to the right of the line, and out of a polygon.&lt;/p&gt;&lt;p&gt;Accuracy: in an even flow within 1 %. RESULT has no velocity below 0.01 m of water, so that films on roofs and streets are left out, and it has the state at the output steps only: volumes take the discharge between two steps as linear.&lt;/p&gt;</source>
        <translation>&lt;p&gt;从内涝模拟的 RESULT 中读取沿线的地面高程、水位和水深，以及通过各线的流量过程。&lt;/p&gt;&lt;p&gt;线在其穿过的单元边缘处被切分。流量为各段的水深、垂直于线的流速与长度之积的总和，直接采用 RESULT 中的值；以从线的左侧流向右侧为正，对面则以流出为正。&lt;/p&gt;&lt;p&gt;精度：均匀流中误差在 1 % 以内。RESULT 中水深不足 0.01 m 处没有流速，因此屋面和街道上的薄层水流不计入；RESULT 只有各输出时间步的状态：计算水量时，两个时间步之间的流量按线性变化。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>RESULT of the flood simulation (.nc).</source>
        <translation>内涝模拟的 RESULT (.nc)。</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>线</translation>
    </message>
    <message>
        <source>Lines, or polygons whose outlines are lines, in any CRS. Empty: COORDINATES.</source>
        <translation>线，或以边界为线的面，CRS 不限。空：采用 COORDINATES。</translation>
    </message>
    <message>
        <source>Id field</source>
        <translation>编号字段</translation>
    </message>
    <message>
        <source>Of the lines: what line_id has. Empty: the number of the feature.</source>
        <translation>线图层的字段，写入 line_id。空：要素编号。</translation>
    </message>
    <message>
        <source>Instead of LINES: x,y of the vertices of one line, separated by semicolons, in the CRS of RESULT or of the code behind them: 493000,2491000; 493050,2491020 [EPSG:4547].</source>
        <translation>代替 LINES：一条线各顶点的 x,y，用分号分隔，采用 RESULT 的 CRS 或末尾代码所示的 CRS：493000,2491000; 493050,2491020 [EPSG:4547]。</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Times of the profiles: maximum, all, or minutes from the start, as in &apos;maximum; 30; 60&apos;. Empty: the maximum over the output steps.</source>
        <translation>剖面的时间：maximum、all 或自开始起的分钟数，例如“maximum; 30; 60”。空：各输出时间步的最大值。</translation>
    </message>
    <message>
        <source>Times of the profiles</source>
        <translation>剖面时间</translation>
    </message>
    <message>
        <source>A row for each time and piece of a line within one cell.</source>
        <translation>每个时间、线在每个单元内的每一段一行。</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>剖面</translation>
    </message>
    <message>
        <source>A row for each line and step: discharge, wet width and area, mean velocity, volume.</source>
        <translation>每条线、每个时间步一行：流量、过水宽度和过水面积、平均流速、水量。</translation>
    </message>
    <message>
        <source>Discharges</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Lines with values</source>
        <translation>有值的线数</translation>
    </message>
    <message>
        <source>Water through all lines, to the right (m³)</source>
        <translation>通过所有线的水量，向右为正 (m³)</translation>
    </message>
    <message>
        <source>Choose either LINES or COORDINATES.</source>
        <translation>请在 LINES 和 COORDINATES 中选择一项。</translation>
    </message>
    <message>
        <source>{count} lines with values at {steps} steps; {out} left out.</source>
        <translation>{count} 条线有值，共 {steps} 个时间步；略去 {out} 条。</translation>
    </message>
</context>
<context>
    <name>FloodProject</name>
    <message>
        <source>Base map</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>Openings and sills</source>
        <translation>洞口与门槛标高</translation>
    </message>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>Arrival of water (h:min)</source>
        <translation>到达时间（时:分）</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Storm</source>
        <translation>暴雨</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Relief</source>
        <translation>山体阴影</translation>
    </message>
    <message>
        <source>Terrain (m)</source>
        <translation>地形 (m)</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>内涝</translation>
    </message>
    <message>
        <source>City Twin {version}</source>
        <translation>City Twin {version}</translation>
    </message>
    <message>
        <source>Buildings from models</source>
        <translation>由模型生成的建筑</translation>
    </message>
    <message>
        <source>Maximum water level</source>
        <translation>最高水位</translation>
    </message>
    <message>
        <source>Time under water</source>
        <translation>淹没历时</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Models read</source>
        <translation>已读取的模型</translation>
    </message>
    <message>
        <source>Water bodies</source>
        <translation>水体</translation>
    </message>
</context>
<context>
    <name>FloodReport</name>
    <message>
        <source>Flood report</source>
        <translation>内涝报告</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Output DEPTH_MAX of the flood simulation.</source>
        <translation>内涝模拟的输出 DEPTH_MAX。</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>Output HAZARD of the flood simulation.</source>
        <translation>内涝模拟的输出 HAZARD。</translation>
    </message>
    <message>
        <source>Arrival time</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Output ARRIVAL of the flood simulation.</source>
        <translation>内涝模拟的输出 ARRIVAL。</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Output RESULT of the flood simulation, for the animation.</source>
        <translation>内涝模拟的输出 RESULT，用于动画。</translation>
    </message>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>The terrain, as background.</source>
        <translation>地形，作为淡色背景。</translation>
    </message>
    <message>
        <source>Roads, as background.</source>
        <translation>道路，作为淡色背景。</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Output SUMMARY of the flood simulation: its numbers go into the footer.</source>
        <translation>内涝模拟的输出 SUMMARY：其中的数值写入页脚。</translation>
    </message>
    <message>
        <source>Output of &apos;Design storm&apos;: its depth and duration go into the names.</source>
        <translation>“设计暴雨”的输出：其雨量和历时写入名称。</translation>
    </message>
    <message>
        <source>Storm</source>
        <translation>暴雨</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Title of the project, the map and the report.</source>
        <translation>工程、地图和报告的标题。</translation>
    </message>
    <message>
        <source>District</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Name of the district, for the titles.</source>
        <translation>片区名称，用于标题。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>工程</translation>
    </message>
    <message>
        <source>QGIS project (*.qgz)</source>
        <translation>QGIS 工程 (*.qgz)</translation>
    </message>
    <message>
        <source>The styled project.</source>
        <translation>已设样式的工程。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>The map sheet as a picture.</source>
        <translation>地图图幅的图片。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Buildings with water inside</source>
        <translation>室内进水的建筑数</translation>
    </message>
    <message>
        <source>Maximum depth (m)</source>
        <translation>最大水深 (m)</translation>
    </message>
    <message>
        <source>Wet area (m²)</source>
        <translation>淹没面积 (m²)</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>正在统计</translation>
    </message>
    <message>
        <source>Drawing the report</source>
        <translation>正在绘制报告</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>正在绘制地图</translation>
    </message>
    <message>
        <source>Writing the project</source>
        <translation>正在写入工程</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of {name} cannot be opened: choose another file.</source>
        <translation>无法打开作为 {name} 提供的图层“{layer}”：请选择其他文件。</translation>
    </message>
    <message>
        <source>Output VELOCITY_MAX of the flood simulation.</source>
        <translation>内涝模拟的输出 VELOCITY_MAX。</translation>
    </message>
    <message>
        <source>Output of &apos;Building risk&apos;.</source>
        <translation>“建筑风险”的输出。</translation>
    </message>
    <message>
        <source>Output OPENINGS of &apos;Load BIM models&apos;.</source>
        <translation>“加载 BIM 模型”的输出 OPENINGS。</translation>
    </message>
    <message>
        <source>Maximum water level</source>
        <translation>最高水位</translation>
    </message>
    <message>
        <source>Output LEVEL_MAX of the flood simulation.</source>
        <translation>内涝模拟的输出 LEVEL_MAX。</translation>
    </message>
    <message>
        <source>Time under water</source>
        <translation>淹没历时</translation>
    </message>
    <message>
        <source>Output DURATION_WET of the flood simulation.</source>
        <translation>内涝模拟的输出 DURATION_WET。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Catalogue of data services that the dock shows when the project is opened.</source>
        <translation>数据服务目录，打开工程时由“数据服务”面板显示。</translation>
    </message>
    <message>
        <source>Output {output} of &apos;Load BIM models&apos;: the Buildings dock shows its models and sections.</source>
        <translation>“加载 BIM 模型”的输出 {output}：“建筑”面板据此显示模型和剖面。</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Models read</source>
        <translation>已读取的模型</translation>
    </message>
    <message>
        <source>Who answers for the report; by default the author in the project&apos;s properties.</source>
        <translation>报告责任人；默认为工程属性中的作者。</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>编制人</translation>
    </message>
    <message>
        <source>What heights count from; by default the vertical part of the terrain&apos;s CRS.</source>
        <translation>高程起算面；默认为地形坐标系的垂直部分。</translation>
    </message>
    <message>
        <source>Vertical datum</source>
        <translation>高程基准</translation>
    </message>
    <message>
        <source>The report: a page and its annex.</source>
        <translation>报告：正文一页及附件。</translation>
    </message>
    <message>
        <source>Sea, lakes and rivers, as background; the flood is drawn over them.</source>
        <translation>海、湖、河等底图水体；积水绘于其上。</translation>
    </message>
    <message>
        <source>Water bodies</source>
        <translation>水体</translation>
    </message>
    <message>
        <source>&lt;p&gt;Turns the results of a flood run into a project with styled, grouped layers and an animation, a map (PNG) and a report (PDF): a page with the map, three numbers and the worst buildings with the reason for each, and an annex with the rain, the run and its data, and every building that water reaches.&lt;/p&gt;&lt;p&gt;Choose any of the results; missing ones are left out, and those of two runs are refused. The project refers to the results by relative paths: move them together. Its layouts &apos;Flood report&apos; and &apos;Flood map&apos; can be edited and exported again. Layers that are only in memory are saved beside it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将一次内涝模拟的结果制成：一个图层已分组、已设样式并已配置动画的工程，一张地图 (PNG)，以及一份报告 (PDF)：正文一页，包括地图、三个关键数字、受淹最重的建筑及其原因；附件列出降雨、模拟与数据，以及全部受淹建筑。&lt;/p&gt;&lt;p&gt;可提供任意几项结果，缺少的部分将略去；来自两次不同模拟的结果将被拒绝。工程以相对路径引用结果：移动时请一并移动。其中的布局“Flood report”（内涝报告）和“Flood map”（内涝地图）可以编辑后重新导出。仅存在于内存中的图层将保存在工程旁边。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>FloodResults</name>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Wet area</source>
        <translation>淹没面积</translation>
    </message>
    <message>
        <source>Mass error</source>
        <translation>水量平衡误差</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Show the maximum depth on the map.</source>
        <translation>在地图上显示最大水深。</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>播放动画</translation>
    </message>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>After a run this shows its figures, and leads to the map, the animation, the building risk and the report.</source>
        <translation>运行结束后，此处显示其数值，并可打开地图、动画、建筑风险和报告。</translation>
    </message>
    <message>
        <source>Peak volume</source>
        <translation>峰值水量</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Computing time</source>
        <translation>计算用时</translation>
    </message>
    <message>
        <source>Write the project, the map and the report of this flood.</source>
        <translation>写出本次内涝的工程、地图和单页报告。</translation>
    </message>
    <message>
        <source>Compare the flood with the openings, ground floors or footprints of the buildings.</source>
        <translation>将内涝结果与建筑的洞口、首层标高或基底轮廓进行比较。</translation>
    </message>
    <message>
        <source>The floods of the project, the newest first: the chosen one is shown, assessed and reported.</source>
        <translation>工程中的内涝结果，最新的在前：所选的一个用于显示、评估和出报告。</translation>
    </message>
    <message>
        <source>Play the flood over time with QGIS&apos;s temporal controller; press again to end it.</source>
        <translation>用 QGIS 的时间控制器播放内涝过程；再次点击则结束播放。</translation>
    </message>
    <message>
        <source>End the animation</source>
        <translation>结束动画</translation>
    </message>
    <message>
        <source>Write the flood over time as an animated GIF or an MP4, over what the map shows.</source>
        <translation>将内涝过程叠加在当前地图上，写成动态 GIF 或 MP4。</translation>
    </message>
    <message>
        <source>Write the flood over time as GeoTIFFs, or as the grids of LISFLOOD-FP.</source>
        <translation>将内涝过程写成 GeoTIFF 或 LISFLOOD-FP 栅格。</translation>
    </message>
    <message>
        <source>Save as film…</source>
        <translation>保存为影片…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>The deepest cell of the whole map, often a channel or an underpass.</source>
        <translation>整幅图中水最深的网格，往往是河道或下穿通道。</translation>
    </message>
    <message>
        <source>The area that was under water at some time, at least as deep as the wet depth (0.05 m unless changed).</source>
        <translation>曾经淹没、水深达到淹没判定水深（默认 0.05 m）的面积。</translation>
    </message>
    <message>
        <source>The most water that was on the terrain at one time.</source>
        <translation>同一时刻地面上的最大水量。</translation>
    </message>
    <message>
        <source>Water that the arithmetic created or lost, as a share of all water: far below 0.001 in a sound run.</source>
        <translation>计算中凭空增加或丢失的水量占全部水量的比例：正常计算时远小于 0.001。</translation>
    </message>
    <message>
        <source>The fastest flow in any cell of the whole map.</source>
        <translation>整幅图所有网格中的最大流速。</translation>
    </message>
    <message>
        <source>How long the simulation itself took.</source>
        <translation>模拟计算本身所用的时间。</translation>
    </message>
</context>
<context>
    <name>FloodWatch</name>
    <message>
        <source>Nearest stored flood</source>
        <translation>最接近的已存洪水模拟</translation>
    </message>
    <message>
        <source>&lt;p&gt;Compares the rain that gauges observe, with a forecast where there is one, with flood runs that were computed before, and says which is nearest, how near, how sure that is, and which plan was made from it; or that none is near. Nothing is extrapolated: a storm beyond all stored runs is near none.&lt;/p&gt;&lt;p&gt;The distance is the mean difference of the most rain in 10, 30, 60 and 120 minutes and in all, each as a share of the larger value: 0 is the same. With levels at gauges it is the mean of both.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将雨量站实测降雨（有预报时连同预报）与此前计算的洪水模拟比较，指出哪一个最接近、接近程度、把握度以及据其编制的预案；或指出没有接近的。不做外推：超出所有已存模拟的暴雨不与任何模拟接近。&lt;/p&gt;&lt;p&gt;距离为 10、30、60、120 分钟最大雨量及总雨量的平均差，各差值以较大值为基准：0 表示相同。有测站水位时取两者的平均。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>storm compares with whole stored storms; so_far with their first part, as long as the storm has lasted.</source>
        <translation>storm 与已存的整场暴雨比较；so_far 与其开头部分比较，长度等于暴雨已持续的时间。</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>The greatest distance of a run that is near, above 0 and below 1.</source>
        <translation>算作接近的最大距离，大于 0 且小于 1。</translation>
    </message>
    <message>
        <source>Near up to a distance of</source>
        <translation>接近的距离上限</translation>
    </message>
    <message>
        <source>What is observed and all runs, the nearest first, with their figures and plans.</source>
        <translation>实测值与所有模拟，由近到远，附其指标和预案。</translation>
    </message>
    <message>
        <source>Stored floods by nearness</source>
        <translation>按接近程度排列的已存洪水</translation>
    </message>
    <message>
        <source>Nearest run; empty where none is near</source>
        <translation>最接近的模拟；没有接近的则为空</translation>
    </message>
    <message>
        <source>Plan of the nearest run</source>
        <translation>最接近的模拟的预案</translation>
    </message>
    <message>
        <source>What the comparison says</source>
        <translation>比较结论</translation>
    </message>
    <message>
        <source>A run is near</source>
        <translation>有接近的模拟</translation>
    </message>
    <message>
        <source>Distance of the nearest run</source>
        <translation>最接近的模拟的距离</translation>
    </message>
    <message>
        <source>How sure (%)</source>
        <translation>把握度（%）</translation>
    </message>
    <message>
        <source>Age of the last value (min)</source>
        <translation>最后一个值距今（分钟）</translation>
    </message>
    <message>
        <source>A row for each step: its end (time_min, or time as a moment), depth_mm, intensity_mm_h, or value with unit; of several gauges with a field gauge or site, whose mean counts. &apos;Fetch observations&apos; writes it so.</source>
        <translation>每个时段一行：时段末（time_min，或时刻 time）以及 depth_mm、intensity_mm_h 或带单位的 value；多个雨量站时带字段 gauge 或 site，取其平均。“获取观测值”即如此输出。</translation>
    </message>
    <message>
        <source>Observed rain</source>
        <translation>实测降雨</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预报</translation>
    </message>
    <message>
        <source>Rain to come, with the same fields: what is later than the observations is added.</source>
        <translation>未来降雨，字段相同：晚于观测的部分将接在其后。</translation>
    </message>
    <message>
        <source>Only so much before the last value counts. 0: all.</source>
        <translation>只计最后一个值之前的这段时间。0：全部。</translation>
    </message>
    <message>
        <source>Last hours only</source>
        <translation>仅最近若干小时</translation>
    </message>
    <message>
        <source>Stored runs</source>
        <translation>已存模拟</translation>
    </message>
    <message>
        <source>RUNS_DONE of &apos;Run an ensemble of floods&apos;; or a table with name, and folder or summary of the run, or rain (table of its rain), and plan where one was made.</source>
        <translation>“计算洪水方案集”的 RUNS_DONE；或含 name 以及模拟的 folder 或 summary，或 rain（其降雨表）的表，有预案时含 plan。</translation>
    </message>
    <message>
        <source>Folder of the runs</source>
        <translation>模拟的文件夹</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Table with name (of the run) and plan (file or name of the plan made from it).</source>
        <translation>含 name（模拟名称）和 plan（据其编制的预案的文件或名称）的表。</translation>
    </message>
    <message>
        <source>Runs with a measure too</source>
        <translation>包括有措施的模拟</translation>
    </message>
    <message>
        <source>Compare also with runs of RUNS that have a measure.</source>
        <translation>也与 RUNS 中有措施的模拟比较。</translation>
    </message>
    <message>
        <source>Observed water</source>
        <translation>实测水位或水深</translation>
    </message>
    <message>
        <source>Points with the name of the gauge, a time, and level_m, depth_m, or value with unit: the greatest since the rain began is compared with DEPTH_MAX and LEVEL_MAX in the folders of the runs.</source>
        <translation>带测站名称、时间以及 level_m、depth_m 或带单位的 value 的点：降雨开始以来的最大值与各模拟文件夹中的 DEPTH_MAX 和 LEVEL_MAX 比较。</translation>
    </message>
    <message>
        <source>What the field value of LEVELS has.</source>
        <translation>LEVELS 的字段 value 的含义。</translation>
    </message>
    <message>
        <source>Water is given as</source>
        <translation>水以何种量给出</translation>
    </message>
    <message>
        <source>Height of the zero of observed levels above the terrain&apos;s datum.</source>
        <translation>观测水位零点相对地形基准面的高程。</translation>
    </message>
    <message>
        <source>Datum of the levels (m)</source>
        <translation>水位基准（m）</translation>
    </message>
    <message>
        <source>A difference of levels or depths that counts as the distance 1.</source>
        <translation>距离计为 1 的水位差或水深差。</translation>
    </message>
    <message>
        <source>Scale of levels (m)</source>
        <translation>水位尺度（m）</translation>
    </message>
    <message>
        <source>Moment such as 2026-06-01T08:00+08:00; empty: that of the computer&apos;s clock.</source>
        <translation>时刻，例如 2026-06-01T08:00+08:00；留空：计算机时钟的时刻。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Older last values, and gauges that are silent for longer, are reported.</source>
        <translation>更早的最后一个值以及中断更久的雨量站将被提示。</translation>
    </message>
    <message>
        <source>Longest age (min)</source>
        <translation>最长时效（分钟）</translation>
    </message>
    <message>
        <source>RAIN cannot be read: choose the table of the observed rain.</source>
        <translation>无法读取 RAIN：请选择实测降雨表。</translation>
    </message>
    <message>
        <source>RUNS and FOLDER are both given: choose one of them.</source>
        <translation>同时给出了 RUNS 和 FOLDER：请选择其一。</translation>
    </message>
    <message>
        <source>Choose the stored runs: their table in RUNS, or their folder in FOLDER.</source>
        <translation>请选择已存模拟：在 RUNS 中选其表，或在 FOLDER 中选其文件夹。</translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation>无法读取 {name}。</translation>
    </message>
    <message>
        <source>Runs that are near</source>
        <translation>接近的模拟数</translation>
    </message>
    <message>
        <source>Instead of RUNS: FOLDER of &apos;Run an ensemble of floods&apos;. All its runs are compared, also those with a measure.</source>
        <translation>代替 RUNS：“计算洪水方案集”的 FOLDER。其中所有模拟（包括有措施的）都参与比较。</translation>
    </message>
</context>
<context>
    <name>Floods</name>
    <message>
        <source>{area} ha wet</source>
        <translation>淹没 {area} 公顷</translation>
    </message>
    <message>
        <source>{storm}, {area}</source>
        <translation>{storm}，{area}</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>City Twin: guide</source>
        <translation>City Twin：使用指南</translation>
    </message>
    <message>
        <source>How to work with the docks, step by step.</source>
        <translation>逐步说明各面板的用法。</translation>
    </message>
    <message>
        <source>The guide is not part of this installation: see the plugin&apos;s home page.</source>
        <translation>当前安装中没有使用指南：请查看插件主页。</translation>
    </message>
    <message>
        <source>Close the guide.</source>
        <translation>关闭使用指南。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>The page before this one.</source>
        <translation>上一页。</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>The page from which you came back.</source>
        <translation>返回之前所在的页面。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>The first page of the guide.</source>
        <translation>指南的第一页。</translation>
    </message>
    <message>
        <source>The pages are in English.</source>
        <translation>指南正文为英文。</translation>
    </message>
</context>
<context>
    <name>HarvestServices</name>
    <message>
        <source>Harvest services</source>
        <translation>采集服务</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads the services that a server, a catalogue, a folder of GIS files or a PostGIS connection offers, and brings the catalogue up to date: new services are added, changed ones updated, and those that the source no longer offers are marked as withdrawn, not deleted. Fields that a person edited are not overwritten.&lt;/p&gt;&lt;p&gt;Each service gets the subdivision that its source names, or a guess from its words, with a confidence.&lt;/p&gt;</source>
        <translation>&lt;p&gt;读取服务器、目录服务、GIS 文件夹或 PostGIS 连接所提供的服务，并更新服务目录：新增的服务予以添加，有变化的予以更新，来源中已不存在的标记为已下线，不删除。目录中人工编辑的内容保持不变。&lt;/p&gt;&lt;p&gt;每个服务的小类取来源所注明的小类，或根据其文字推断，并给出可信度。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Address of the server or catalogue (http or https, without password or token), a folder of GIS files, or the name of a PostgreSQL connection of QGIS.</source>
        <translation>服务器或目录服务的地址（http 或 https，不含密码或令牌）、GIS 文件夹，或 QGIS 中 PostgreSQL 连接的名称。</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Protocol of the source; auto detects it, and reads all services of the address.</source>
        <translation>来源的协议；auto 自动识别，并采集该地址的全部服务。</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Services added</source>
        <translation>新增的服务数</translation>
    </message>
    <message>
        <source>Services changed</source>
        <translation>更新的服务数</translation>
    </message>
    <message>
        <source>Services withdrawn</source>
        <translation>下线的服务数</translation>
    </message>
    <message>
        <source>Services unchanged</source>
        <translation>未变化的服务数</translation>
    </message>
    <message>
        <source>Notes on what was done and left out</source>
        <translation>采集情况与略去的内容</translation>
    </message>
    <message>
        <source>Cancelled: the records written so far are kept, and none is marked as withdrawn.</source>
        <translation>已取消：已写入目录的内容予以保留，未将任何服务标记为已下线。</translation>
    </message>
    <message>
        <source>URL is empty: enter the address of a server, a folder or a connection.</source>
        <translation>URL 为空：请填写服务器地址、文件夹或连接。</translation>
    </message>
    <message>
        <source>{protocol} of {source}: {added} added, {changed} changed, {gone} withdrawn, {unchanged} unchanged.</source>
        <translation>{source}（{protocol}）：新增 {added}，更新 {changed}，下线 {gone}，未变化 {unchanged}。</translation>
    </message>
    <message>
        <source>An authentication configuration of QGIS that holds the user and password or the token. The catalogue keeps its name only. Given with an address, it may go to that server from now on.</source>
        <translation>保存用户名和密码或令牌的 QGIS 认证配置。目录中只保存其名称。与地址一并给出后，该登录信息今后可以发往该服务器。</translation>
    </message>
    <message>
        <source>Reading stops after this time; the services that came are kept, none is withdrawn.</source>
        <translation>超过此时间即停止读取；已读到的服务予以保留，没有服务被标记为已下线。</translation>
    </message>
    <message>
        <source>Time limit (min)</source>
        <translation>时间限制 (min)</translation>
    </message>
</context>
<context>
    <name>HomeDock</name>
    <message>
        <source>City Twin</source>
        <translation>City Twin</translation>
    </message>
    <message>
        <source>Guide…</source>
        <translation>使用指南…</translation>
    </message>
    <message>
        <source>How to work with the docks, step by step.</source>
        <translation>逐步说明各面板的用法。</translation>
    </message>
    <message>
        <source>{n} buildings assessed</source>
        <translation>已评估 {n} 栋建筑</translation>
    </message>
    <message>
        <source>Next: load the buildings</source>
        <translation>下一步：加载建筑</translation>
    </message>
    <message>
        <source>Next: simulate the flood</source>
        <translation>下一步：模拟内涝</translation>
    </message>
    <message>
        <source>Next: assess the buildings</source>
        <translation>下一步：评估建筑</translation>
    </message>
    <message>
        <source>Write the report</source>
        <translation>编写报告</translation>
    </message>
    <message>
        <source>The demo district needs packages that are missing: install them first.</source>
        <translation>演示片区需要的包尚未安装：请先安装。</translation>
    </message>
    <message>
        <source>1 District</source>
        <translation>1 片区</translation>
    </message>
    <message>
        <source>Options of the demo</source>
        <translation>演示选项</translation>
    </message>
    <message>
        <source>Add your own terrain…</source>
        <translation>添加自己的地形…</translation>
    </message>
    <message>
        <source>2 Buildings</source>
        <translation>2 建筑</translation>
    </message>
    <message>
        <source>Buildings…</source>
        <translation>建筑…</translation>
    </message>
    <message>
        <source>Open the dock that reads models and shows their openings.</source>
        <translation>打开读取模型并显示其洞口的面板。</translation>
    </message>
    <message>
        <source>3 Storm</source>
        <translation>3 暴雨</translation>
    </message>
    <message>
        <source>Storm…</source>
        <translation>暴雨…</translation>
    </message>
    <message>
        <source>Open the Flood dock at the storm.</source>
        <translation>打开“内涝”面板的暴雨部分。</translation>
    </message>
    <message>
        <source>4 Flood</source>
        <translation>4 内涝</translation>
    </message>
    <message>
        <source>Flood…</source>
        <translation>内涝…</translation>
    </message>
    <message>
        <source>Open the dock that simulates the flood.</source>
        <translation>打开模拟内涝的面板。</translation>
    </message>
    <message>
        <source>5 Risk</source>
        <translation>5 风险</translation>
    </message>
    <message>
        <source>Assess the buildings</source>
        <translation>评估建筑</translation>
    </message>
    <message>
        <source>With other inputs…</source>
        <translation>使用其他输入…</translation>
    </message>
    <message>
        <source>Open the dialog of the assessment to choose layers and curves.</source>
        <translation>打开评估对话框，选择图层和曲线。</translation>
    </message>
    <message>
        <source>6 Report</source>
        <translation>6 报告</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Installing Python packages…</source>
        <translation>正在安装 Python 包…</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Create the demo district</source>
        <translation>生成演示片区</translation>
    </message>
    <message>
        <source>Start with a terrain: a ground-height raster in metres. Create the demo district or add your own.</source>
        <translation>从地形开始：以米为单位的地面高程栅格。可生成演示片区，或添加自己的地形。</translation>
    </message>
    <message>
        <source>Models, terrain, roads and shelters of a synthetic coastal district near Houhai.</source>
        <translation>后海附近一个虚构滨海片区的模型、地形、道路和避难场所。</translation>
    </message>
    <message>
        <source>Open QGIS&apos;s data source manager: choose a raster of ground heights in metres.</source>
        <translation>打开 QGIS 的数据源管理器：选择以米为单位的地面高程栅格。</translation>
    </message>
    <message>
        <source>Choose a design storm by zone and return period, a gauge&apos;s table, or a rain depth.</source>
        <translation>按分区和重现期选择设计暴雨、雨量站数据表，或指定雨量。</translation>
    </message>
    <message>
        <source>Simulate the storm on the terrain: depth, level, velocity, hazard and arrival of the water.</source>
        <translation>在地形上模拟暴雨：积水的水深、水位、流速、危险等级和到达时间。</translation>
    </message>
    <message>
        <source>See which opening of which building the water reaches, when, how deep, and why.</source>
        <translation>查看积水到达哪栋建筑的哪个洞口、何时到达、水深多少，以及原因。</translation>
    </message>
    <message>
        <source>Write a styled project, a map and a page to hand over.</source>
        <translation>写出可交付的带样式工程、地图和单页报告。</translation>
    </message>
    <message>
        <source>Open the newest report in the default program for its file type.</source>
        <translation>用该文件类型的默认程序打开最新的报告。</translation>
    </message>
    <message>
        <source>All steps as one model…</source>
        <translation>以一个模型完成全流程…</translation>
    </message>
    <message>
        <source>Open the model that runs steps 2 to 5 from one dialog; you can edit it and run it in a batch.</source>
        <translation>打开在一个对话框中完成第 2 至 5 步的模型；可以编辑，也可以批处理运行。</translation>
    </message>
    <message>
        <source>The next step to do.</source>
        <translation>下一个待完成的步骤。</translation>
    </message>
    <message>
        <source>Stop the installation; no package is installed.</source>
        <translation>停止安装；不会安装任何包。</translation>
    </message>
    <message>
        <source>The flood solver and the risk assessment are being compiled in the background, once, for about a minute. You can work meanwhile.</source>
        <translation>正在后台编译洪水求解器和风险评估程序，仅此一次，约需一分钟。期间可以照常工作。</translation>
    </message>
    <message>
        <source>Six steps from a terrain and buildings to what a storm reaches. Start with the demo district, or add your own layers.</source>
        <translation>从地形和建筑到暴雨影响，共六步。可从演示片区开始，也可添加您自己的图层。</translation>
    </message>
    <message>
        <source>Six steps from a terrain and buildings to what a storm reaches.</source>
        <translation>从地形和建筑到暴雨影响，共六步。</translation>
    </message>
    <message>
        <source>Next: choose the buildings</source>
        <translation>下一步：选择建筑</translation>
    </message>
    <message>
        <source>Next: choose the terrain</source>
        <translation>下一步：选择地形</translation>
    </message>
    <message>
        <source>Next: add a terrain</source>
        <translation>下一步：添加地形</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>The raster of ground heights in metres, of any name, in which the flood is simulated.</source>
        <translation>用于内涝模拟的地面高程栅格（米），名称不限。</translation>
    </message>
    <message>
        <source>choose a raster</source>
        <translation>选择栅格</translation>
    </message>
    <message>
        <source>Choose a polygon layer of footprints, or read IFC models: they bring storeys, and openings with their sills.</source>
        <translation>选择建筑基底轮廓面图层，或读取 IFC 模型（模型还带有楼层和带门槛标高的洞口）。</translation>
    </message>
    <message>
        <source>Add your own footprints…</source>
        <translation>添加您的基底轮廓…</translation>
    </message>
    <message>
        <source>Open QGIS&apos;s data source manager: choose a layer of polygons in any CRS.</source>
        <translation>打开 QGIS 的数据源管理器：选择任意坐标系的面图层。</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>基底轮廓</translation>
    </message>
    <message>
        <source>The polygon layer that counts as the buildings: obstacles of the flood, assessed in step 5.</source>
        <translation>作为建筑使用的面图层：在内涝模拟中为障碍物，在第 5 步中接受评估。</translation>
    </message>
    <message>
        <source>choose a polygon layer</source>
        <translation>选择面图层</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>All steps are done. For another storm choose it in the Flood dock.</source>
        <translation>所有步骤均已完成。如需模拟另一场暴雨，请在“内涝”面板中选择。</translation>
    </message>
    <message>
        <source>The buildings are not assessed for this flood yet.</source>
        <translation>尚未按这次内涝评估建筑。</translation>
    </message>
    <message>
        <source>The newest report is of another flood.</source>
        <translation>最新的报告属于另一次内涝。</translation>
    </message>
    <message>
        <source>Compare the flood with the openings, ground floors or footprints of the buildings.</source>
        <translation>将内涝与建筑的洞口、首层地面或轮廓进行比较。</translation>
    </message>
    <message>
        <source>Write the project, the map and the PDF of the flood, with its assessment.</source>
        <translation>编写该次内涝的工程、地图和 PDF 报告，包含其建筑评估。</translation>
    </message>
    <message>
        <source>The assessment of this flood is of other buildings than those of step 2.</source>
        <translation>这次内涝的评估针对的不是第 2 步中的建筑。</translation>
    </message>
    <message>
        <source>Houhai (synthetic district)</source>
        <translation>后海（虚构片区）</translation>
    </message>
</context>
<context>
    <name>Hyetograph</name>
    <message>
        <source>Intensity of the rain in each time step.</source>
        <translation>各时段的雨强。</translation>
    </message>
    <message>
        <source>mm/h</source>
        <translation>mm/h</translation>
    </message>
    <message>
        <source>time, h:min</source>
        <translation>时间（时:分）</translation>
    </message>
    <message>
        <source>{total} mm in {time}
peak {peak} mm/h at {clock}</source>
        <translation>{time} {total} mm
雨峰 {peak} mm/h（{clock}）</translation>
    </message>
</context>
<context>
    <name>ImportServices</name>
    <message>
        <source>Import services into a catalogue</source>
        <translation>导入服务到目录</translation>
    </message>
    <message>
        <source>Records (*.json *.geojson *.csv)</source>
        <translation>记录 (*.json *.geojson *.csv)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A file whose name ends in .json or .csv.</source>
        <translation>文件名以 .json 或 .csv 结尾的文件。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Services added</source>
        <translation>新增的服务数</translation>
    </message>
    <message>
        <source>Services changed</source>
        <translation>更新的服务数</translation>
    </message>
    <message>
        <source>Services unchanged</source>
        <translation>未变化的服务数</translation>
    </message>
    <message>
        <source>Records left out</source>
        <translation>略去的记录数</translation>
    </message>
    <message>
        <source>Cancelled: the records read so far are in the catalogue; import again for the rest.</source>
        <translation>已取消：已读取的记录在目录中；其余记录请重新导入。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ends neither in .json nor in .csv: rename it.</source>
        <translation>“{name}”不以 .json 或 .csv 结尾：请更改文件名。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is too large: split it.</source>
        <translation>“{name}”过大：请拆分。</translation>
    </message>
    <message>
        <source>{added} services were added, {changed} changed, {same} unchanged.</source>
        <translation>新增 {added} 个服务，更新 {changed} 个，{same} 个未变化。</translation>
    </message>
    <message>
        <source>&lt;p&gt;Adds the records of a file to a catalogue of data services, or updates the existing ones: a collection of OGC API Records (.json), or a table (.csv) with at least the columns title, protocol and url, such as &apos;Export a catalogue of services&apos; writes.&lt;/p&gt;&lt;p&gt;Fields that a person edited are not overwritten. Passwords and tokens in addresses are removed, and so are the names of authentication configurations, with a message. Where a record names no subdivision, it is guessed from its words.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将文件中的记录添加到数据服务目录，或更新已有的记录：文件为 OGC API Records 集合（.json），或至少含 title、protocol 和 url 列的表格（.csv），如“导出服务目录”所写。&lt;/p&gt;&lt;p&gt;人工编辑过的字段保持不变。地址中的密码和令牌以及认证配置的名称会被去除，并给出消息。记录未注明小类时，根据其文字推断。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>InputGroups</name>
    <message>
        <source>Rain in space and time</source>
        <translation>随空间和时间变化的降雨</translation>
    </message>
    <message>
        <source>Edges and inflows</source>
        <translation>区域边界与入流</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>地面下渗</translation>
    </message>
    <message>
        <source>Drains</source>
        <translation>排水管网</translation>
    </message>
    <message>
        <source>Roofs and sponge surfaces</source>
        <translation>屋面与海绵设施</translation>
    </message>
    <message>
        <source>Basements and tunnels</source>
        <translation>地下室与隧道</translation>
    </message>
    <message>
        <source>Structures</source>
        <translation>构筑物</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Keep the state at the end</source>
        <translation>保存结束时的状态</translation>
    </message>
    <message>
        <source>Writes STATE beside the results: a forecast starts from its water where START names the file.</source>
        <translation>在结果旁写出 STATE：当 START 指定该文件时，预报从其中的水量开始。</translation>
    </message>
</context>
<context>
    <name>Installer</name>
    <message>
        <source>Python could not be started ({reason}): install the packages by hand with the command in the details.</source>
        <translation>无法启动 Python（{reason}）：请用详情中的命令手动安装。</translation>
    </message>
    <message>
        <source>Cancelled: no package was installed.</source>
        <translation>已取消：未安装任何包。</translation>
    </message>
    <message>
        <source>pip could not install the packages ({reason}): check the network and proxy, then try again.</source>
        <translation>pip 未能安装所需的包（{reason}）：请检查网络和代理后重试。</translation>
    </message>
    <message>
        <source>exit code {code}</source>
        <translation>退出代码 {code}</translation>
    </message>
    <message>
        <source>Missing Python packages: {names}. Tools that need them are unavailable until you install them.</source>
        <translation>缺少 Python 包：{names}。安装之前，需要它们的工具不可用。</translation>
    </message>
    <message>
        <source>The download is about {download} MB and takes {least} to {most} minutes; the packages then take about {size} MB in {folder}.</source>
        <translation>下载约 {download} MB，需 {least} 至 {most} 分钟；安装后在 {folder} 中约占 {size} MB。</translation>
    </message>
    <message>
        <source>QGIS&apos;s Python ({python}) has no pip. Install it (on Debian and Ubuntu: the package python3-pip), then try again.</source>
        <translation>QGIS 的 Python（{python}）没有 pip。请安装 pip（Debian 和 Ubuntu 上为软件包 python3-pip），然后重试。</translation>
    </message>
    <message>
        <source>A package differs from the one that City Twin was tested with, so none was installed. Check which package index pip uses, and try again.</source>
        <translation>有一个包与 City Twin 测试时所用的不同，因此未安装任何包。请检查 pip 使用的软件包索引，然后重试。</translation>
    </message>
    <message>
        <source>The disk is full: free {size} MB for the packages and the download, then try again.</source>
        <translation>磁盘已满：请为 Python 包和下载腾出 {size} MB 空间，然后重试。</translation>
    </message>
</context>
<context>
    <name>JobPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed.</source>
        <translation>已取消：未作任何更改。</translation>
    </message>
    <message>
        <source>Starting, {time} so far…</source>
        <translation>正在启动，已用 {time}…</translation>
    </message>
    <message>
        <source>Progress of the run.</source>
        <translation>运行进度。</translation>
    </message>
    <message>
        <source>Stop the run; earlier files and layers stay unchanged.</source>
        <translation>停止运行；先前的文件和图层保持不变。</translation>
    </message>
</context>
<context>
    <name>JobRunner</name>
    <message>
        <source>There is no algorithm &apos;{name}&apos;: is its provider switched off in Processing&apos;s options?</source>
        <translation>没有算法“{name}”：请检查“选项”的“数据处理”中是否停用了其提供程序。</translation>
    </message>
    <message>
        <source>{title} failed without a reason: open the details.</source>
        <translation>“{title}”失败，未给出原因：请打开详情。</translation>
    </message>
    <message>
        <source>The run succeeded, but QGIS could not open {files}: check the files and the log.</source>
        <translation>运行成功，但 QGIS 无法打开 {files}：请检查这些文件和日志。</translation>
    </message>
</context>
<context>
    <name>Kernels</name>
    <message>
        <source>First run: compiling the flood solver once, up to a minute</source>
        <translation>首次运行：正在编译洪水求解器，仅此一次，最多一分钟</translation>
    </message>
    <message>
        <source>First run: compiling the risk assessment once, up to a minute</source>
        <translation>首次运行：正在编译风险评估程序，仅此一次，最多一分钟</translation>
    </message>
    <message>
        <source>First run: compiling the search for routes once, up to a minute</source>
        <translation>首次运行：编译路线搜索程序（仅一次，最多一分钟）</translation>
    </message>
</context>
<context>
    <name>LayerActions</name>
    <message>
        <source>The service answers.</source>
        <translation>服务响应正常。</translation>
    </message>
</context>
<context>
    <name>LegendTitle</name>
    <message>
        <source>Depth (m)</source>
        <translation>水深 (m)</translation>
    </message>
    <message>
        <source>Water level (m)</source>
        <translation>水位 (m)</translation>
    </message>
    <message>
        <source>Velocity (m/s)</source>
        <translation>流速 (m/s)</translation>
    </message>
    <message>
        <source>Hazard class</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>After the start (h:min)</source>
        <translation>开始后（时:分）</translation>
    </message>
    <message>
        <source>Under water (h:min)</source>
        <translation>淹没时长（时:分）</translation>
    </message>
    <message>
        <source>Ground height (m)</source>
        <translation>地面高程 (m)</translation>
    </message>
    <message>
        <source>Froude number</source>
        <translation>弗劳德数</translation>
    </message>
    <message>
        <source>Time at a limit</source>
        <translation>受限时间占比</translation>
    </message>
    <message>
        <source>Time steps decided</source>
        <translation>控制的时间步数</translation>
    </message>
    <message>
        <source>Depth of B minus A (m)</source>
        <translation>B 减 A 的水深（m）</translation>
    </message>
    <message>
        <source>Level of B minus A (m)</source>
        <translation>B 减 A 的水位（m）</translation>
    </message>
    <message>
        <source>Arrival in B minus A (min)</source>
        <translation>B 减 A 的到达时间（min）</translation>
    </message>
    <message>
        <source>From A to B</source>
        <translation>从 A 到 B</translation>
    </message>
    <message>
        <source>Taken by the ground (mm)</source>
        <translation>地面下渗量（mm）</translation>
    </message>
    <message>
        <source>Rain (mm)</source>
        <translation>雨量 (mm)</translation>
    </message>
</context>
<context>
    <name>LevelChoice</name>
    <message>
        <source>Floods of the levels, from the lowest</source>
        <translation>各等级对应的内涝（由低到高）</translation>
    </message>
    <message>
        <source>Each chosen flood stands for a warning level, in the order of this list.</source>
        <translation>每个选中的内涝对应一个预警等级，顺序与此列表一致。</translation>
    </message>
    <message>
        <source>No flood of this project is assessed yet. Simulate a storm for each warning level in the Flood dock, and assess the buildings in each.</source>
        <translation>此工程中还没有已评估的内涝。请在“内涝”面板中为每个预警等级模拟一场暴雨，并分别评估建筑。</translation>
    </message>
</context>
<context>
    <name>LineChart</name>
    <message>
        <source>{quantity}: maximum</source>
        <translation>{quantity}：最大值</translation>
    </message>
    <message>
        <source>{quantity} at {time}</source>
        <translation>{quantity}，时刻 {time}</translation>
    </message>
    <message>
        <source>time, h:min</source>
        <translation>时间（时:分）</translation>
    </message>
</context>
<context>
    <name>ListScenarios</name>
    <message>
        <source>List scenarios</source>
        <translation>列出场景</translation>
    </message>
    <message>
        <source>&lt;p&gt;Lists the application scenarios: the question, who asks it, the decision it serves, and whether it runs on the data of a district. Nothing is run: documents, algorithms, parameters and files are checked.&lt;/p&gt;&lt;p&gt;state is runs, lacks data, lacks an algorithm, lacks a package or invalid; lacks names what it lacks, and search has the words and the subdivision for &apos;Search data services&apos;. With CATALOGUE the services that this search finds are counted.&lt;/p&gt;&lt;p&gt;Documents of your own lie in the folder city_twin/scenarios of the profile, or in USER_FOLDER.&lt;/p&gt;</source>
        <translation>&lt;p&gt;列出应用场景：问题、提问者、所服务的决策，以及能否用片区的数据运行。不运行任何算法，只检查文档、算法、参数和文件。&lt;/p&gt;&lt;p&gt;state 为 runs（可运行）、lacks data（缺数据）、lacks an algorithm（缺算法）、lacks a package（缺 Python 包）或 invalid（有误）；lacks 写明所缺的内容，search 给出“搜索数据服务”所用的词语和小类。给出 CATALOGUE 时，还统计该搜索找到的服务数。&lt;/p&gt;&lt;p&gt;您自己的文档放在配置文件夹的 city_twin/scenarios 中，或放在 USER_FOLDER 中。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Data of a district</source>
        <translation>片区数据</translation>
    </message>
    <message>
        <source>The folder with dtm.tif, district.gpkg and so on. Without it every scenario lacks data.</source>
        <translation>含 dtm.tif、district.gpkg 等的文件夹。没有它，所有场景都缺数据。</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>A GeoPackage with a catalogue of services, searched for the missing data.</source>
        <translation>含服务目录的 GeoPackage，用于搜索所缺的数据。</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>领域</translation>
    </message>
    <message>
        <source>Only scenarios of this domain, such as water; empty: all.</source>
        <translation>只列出该领域的场景，例如 water；为空则列出全部。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Words that must all be in name, question, users or decision.</source>
        <translation>名称、问题、用户或决策中须全部出现的词语。</translation>
    </message>
    <message>
        <source>Folder of own scenarios</source>
        <translation>自有场景的文件夹</translation>
    </message>
    <message>
        <source>A further folder with documents of your own (.json).</source>
        <translation>另一个存放您自己文档（.json）的文件夹。</translation>
    </message>
    <message>
        <source>A row for each scenario with its state and what it lacks.</source>
        <translation>每个场景一行，含其状态和所缺内容。</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Scenarios that run</source>
        <translation>可运行的场景</translation>
    </message>
    <message>
        <source>Scenarios that lack data</source>
        <translation>缺数据的场景</translation>
    </message>
    <message>
        <source>Scenarios that lack an algorithm</source>
        <translation>缺算法的场景</translation>
    </message>
    <message>
        <source>Scenarios that lack a Python package</source>
        <translation>缺 Python 包的场景</translation>
    </message>
    <message>
        <source>Scenarios with a mistake</source>
        <translation>有误的场景</translation>
    </message>
    <message>
        <source>{n} scenarios: {runs} run, {data} lack data, {algorithms} lack an algorithm, {invalid} have mistakes.</source>
        <translation>{n} 个场景：{runs} 个可运行，{data} 个缺数据，{algorithms} 个缺算法，{invalid} 个有误。</translation>
    </message>
</context>
<context>
    <name>LoadBim</name>
    <message>
        <source>Load BIM models</source>
        <translation>加载 BIM 模型</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads IFC models of any schema, zipped or not, into buildings with their footprint, storeys, openings with their sills, and a report with a row for every file.&lt;/p&gt;&lt;p&gt;A model is placed by its map conversion, by absolute coordinates, or by latitude, longitude and true north; a row of the placements table takes precedence over all of them. A model without a place gets empty geometry, with its areas filled in.&lt;/p&gt;&lt;p&gt;A file that is broken, hangs or crashes does not affect the others: the report gives the reason.&lt;/p&gt;</source>
        <translation>&lt;p&gt;读取任意 schema 的 IFC 模型（压缩或未压缩），生成带基底轮廓的建筑、楼层、带门槛标高的洞口，以及每个文件一行的读取报告。&lt;/p&gt;&lt;p&gt;模型的定位依据为地图转换 (IfcMapConversion)、绝对坐标，或经纬度和真北方向；定位表中的记录优先于以上各项。没有定位的模型几何为空，但仍填写面积。&lt;/p&gt;&lt;p&gt;损坏、卡死或崩溃的文件只影响其自身：原因见读取报告。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>IFC files (.ifc, .ifczip). Choose files, a folder, or both.</source>
        <translation>IFC 文件（.ifc、.ifczip）。可提供文件、文件夹或两者。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>A folder of models; folders in it are searched too.</source>
        <translation>存放模型的文件夹；其子文件夹也会搜索。</translation>
    </message>
    <message>
        <source>CRS of all outputs. By default the projected CRS that most models name.</source>
        <translation>全部输出的 CRS。默认为多数模型所注明的投影 CRS。</translation>
    </message>
    <message>
        <source>CRS of the outputs</source>
        <translation>输出的 CRS</translation>
    </message>
    <message>
        <source>A table with path, x, y, z, bearing_deg and crs: where the model&apos;s zero point lies and to where its y axis points, clockwise from grid north. The path is the model&apos;s full path, its id or its file name.</source>
        <translation>含 path、x、y、z、bearing_deg 和 crs 的表：模型原点的位置，以及其 y 轴的指向（自坐标北起顺时针）。path 为模型的完整路径、id 或文件名。</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Footprints with the fields of the twin base.</source>
        <translation>建筑基底轮廓，含孪生底座的字段。</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>The plan of each storey, with its level.</source>
        <translation>各楼层的覆盖范围，含楼层标高。</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Doors, low windows, ramps and vents at their sills.</source>
        <translation>位于门槛标高处的门、低窗、坡道和通风口。</translation>
    </message>
    <message>
        <source>Solids</source>
        <translation>建筑体块</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>读取报告</translation>
    </message>
    <message>
        <source>A row for every file: status, reason, place, warnings.</source>
        <translation>每个文件一行：状态、原因、位置、警告。</translation>
    </message>
    <message>
        <source>Models read</source>
        <translation>已读取的模型</translation>
    </message>
    <message>
        <source>Models read in part</source>
        <translation>部分读取的模型</translation>
    </message>
    <message>
        <source>Models that failed</source>
        <translation>读取失败的模型</translation>
    </message>
    <message>
        <source>No model has a place, so the outputs have no CRS: use PLACEMENTS.</source>
        <translation>所有模型都没有定位，因此输出没有 CRS：请使用 PLACEMENTS。</translation>
    </message>
    <message>
        <source>The buildings in 3D, as LOD says.</source>
        <translation>三维建筑，形式由 LOD 指定。</translation>
    </message>
    <message>
        <source>Shape of SOLIDS: extruded footprints, extruded storeys, or the faces of the shell.</source>
        <translation>SOLIDS 的形式：由基底轮廓拉伸、由各楼层拉伸，或采用外壳表面。</translation>
    </message>
    <message>
        <source>A solid for</source>
        <translation>体块划分</translation>
    </message>
    <message>
        <source>A row of SOLIDS for each building, or for each class of its elements: walls, slabs …</source>
        <translation>SOLIDS 每栋建筑一行，或按其构件类别（墙、板等）各一行。</translation>
    </message>
    <message>
        <source>A row for every model without a place: fill in x and y, and what you know of z, bearing_deg and crs, and give the table as PLACEMENTS. Rows that are not filled in are skipped there.</source>
        <translation>每个没有位置的模型一行：请填写 x 和 y 以及已知的 z、bearing_deg 和 crs，并将该表作为 PLACEMENTS 提供。未填写的行在那里会被跳过。</translation>
    </message>
    <message>
        <source>Models without a place</source>
        <translation>没有位置的模型</translation>
    </message>
    <message>
        <source>Models without a building</source>
        <translation>没有建筑物的模型</translation>
    </message>
    <message>
        <source>Models with buildings that another one holds too</source>
        <translation>与其他模型含有相同建筑的模型数</translation>
    </message>
</context>
<context>
    <name>LoginQuestion</name>
    <message>
        <source>The service &apos;{title}&apos; of the catalogue wants it.</source>
        <translation>目录中的服务“{title}”要求使用它。</translation>
    </message>
    <message>
        <source>Send a login?</source>
        <translation>是否发送登录信息？</translation>
    </message>
    <message>
        <source>May the login &apos;{name}&apos; be sent to {server}?</source>
        <translation>是否允许将登录信息“{name}”发送到 {server}？</translation>
    </message>
    <message>
        <source>{purpose} Whoever runs {server} then has its user and password, or its token. Agree only if this server is meant to have them. The answer yes is kept for this login and this server.</source>
        <translation>{purpose}发送后，{server} 的管理者即得到其用户名和密码或令牌。仅当该服务器应当得到这些信息时才同意。对该登录信息和该服务器的同意会被记住。</translation>
    </message>
    <message>
        <source>Send the login</source>
        <translation>发送登录信息</translation>
    </message>
    <message>
        <source>The login '{name}' stays here and {server} was not asked. To use a service without a login, choose none under 'Edit record…'.</source>
        <translation>登录信息“{name}”未发送，也未向 {server} 发出请求。如需不带登录信息使用服务，请在“编辑记录…”中选择“无”。</translation>
    </message>
    <message>
        <source>It would go there without encryption.</source>
        <translation>发送时不加密。</translation>
    </message>
</context>
<context>
    <name>MapClasses</name>
    <message>
        <source>0.05 – 0.15 m</source>
        <translation>0.05 – 0.15 m</translation>
    </message>
    <message>
        <source>0.15 – 0.30 m, a lane is closed</source>
        <translation>0.15 – 0.30 m，封闭车道</translation>
    </message>
    <message>
        <source>0.30 – 0.50 m, a road is closed</source>
        <translation>0.30 – 0.50 m，封闭道路</translation>
    </message>
    <message>
        <source>0.50 – 1.00 m, people in danger</source>
        <translation>0.50 – 1.00 m，危及人身安全</translation>
    </message>
    <message>
        <source>1.00 – 2.00 m</source>
        <translation>1.00 – 2.00 m</translation>
    </message>
    <message>
        <source>2.00 m and more</source>
        <translation>2.00 m 及以上</translation>
    </message>
    <message>
        <source>0.10 – 0.25 m/s</source>
        <translation>0.10 – 0.25 m/s</translation>
    </message>
    <message>
        <source>0.25 – 0.50 m/s</source>
        <translation>0.25 – 0.50 m/s</translation>
    </message>
    <message>
        <source>0.50 – 1.00 m/s</source>
        <translation>0.50 – 1.00 m/s</translation>
    </message>
    <message>
        <source>1.00 – 2.00 m/s</source>
        <translation>1.00 – 2.00 m/s</translation>
    </message>
    <message>
        <source>2.00 m/s and more</source>
        <translation>2.00 m/s 及以上</translation>
    </message>
    <message>
        <source>H1, safe for most</source>
        <translation>H1，一般安全</translation>
    </message>
    <message>
        <source>H2, unsafe for small cars</source>
        <translation>H2，小型车辆不安全</translation>
    </message>
    <message>
        <source>H3, unsafe for children and cars</source>
        <translation>H3，儿童和车辆不安全</translation>
    </message>
    <message>
        <source>H4, unsafe for all people</source>
        <translation>H4，所有人员不安全</translation>
    </message>
    <message>
        <source>H5, buildings can be damaged</source>
        <translation>H5，建筑可能受损</translation>
    </message>
    <message>
        <source>H6, buildings can fail</source>
        <translation>H6，建筑可能倒塌</translation>
    </message>
    <message>
        <source>02:00 and later</source>
        <translation>02:00 及以后</translation>
    </message>
    <message>
        <source>02:00 and longer</source>
        <translation>02:00 及以上</translation>
    </message>
    <message>
        <source>0, no water at the building</source>
        <translation>0，周围无积水</translation>
    </message>
    <message>
        <source>1, water around, none inside</source>
        <translation>1，周围积水，未进水</translation>
    </message>
    <message>
        <source>2, inside, less than 0.15 m</source>
        <translation>2，进水不足 0.15 m</translation>
    </message>
    <message>
        <source>3, inside, less than 0.5 m, or basement</source>
        <translation>3，进水不足 0.5 m 或进地下室</translation>
    </message>
    <message>
        <source>4, inside, 0.5 m and more</source>
        <translation>4，进水 0.5 m 及以上</translation>
    </message>
    <message>
        <source>unknown, no water level here</source>
        <translation>未知，此处无水位</translation>
    </message>
    <message>
        <source>1.00 – 1.50, supercritical</source>
        <translation>1.00 – 1.50，急流</translation>
    </message>
    <message>
        <source>2.00 and more</source>
        <translation>2.00 及以上</translation>
    </message>
    <message>
        <source>50 % and more</source>
        <translation>50 % 及以上</translation>
    </message>
    <message>
        <source>1 – 10 steps</source>
        <translation>1 – 10 步</translation>
    </message>
    <message>
        <source>10 – 100 steps</source>
        <translation>10 – 100 步</translation>
    </message>
    <message>
        <source>100 – 1000 steps</source>
        <translation>100 – 1000 步</translation>
    </message>
    <message>
        <source>1000 steps and more</source>
        <translation>1000 步及以上</translation>
    </message>
    <message>
        <source>0.50 m and more shallower</source>
        <translation>浅 0.50 m 及以上</translation>
    </message>
    <message>
        <source>0.15 – 0.50 m shallower</source>
        <translation>浅 0.15 – 0.50 m</translation>
    </message>
    <message>
        <source>0.05 – 0.15 m shallower</source>
        <translation>浅 0.05 – 0.15 m</translation>
    </message>
    <message>
        <source>0.01 – 0.05 m shallower</source>
        <translation>浅 0.01 – 0.05 m</translation>
    </message>
    <message>
        <source>the same to 0.01 m</source>
        <translation>相差不超过 0.01 m</translation>
    </message>
    <message>
        <source>0.01 – 0.05 m deeper</source>
        <translation>深 0.01 – 0.05 m</translation>
    </message>
    <message>
        <source>0.05 – 0.15 m deeper</source>
        <translation>深 0.05 – 0.15 m</translation>
    </message>
    <message>
        <source>0.15 – 0.50 m deeper</source>
        <translation>深 0.15 – 0.50 m</translation>
    </message>
    <message>
        <source>0.50 m and more deeper</source>
        <translation>深 0.50 m 及以上</translation>
    </message>
    <message>
        <source>30 min and more earlier</source>
        <translation>早 30 min 及以上</translation>
    </message>
    <message>
        <source>10 – 30 min earlier</source>
        <translation>早 10 – 30 min</translation>
    </message>
    <message>
        <source>5 – 10 min earlier</source>
        <translation>早 5 – 10 min</translation>
    </message>
    <message>
        <source>1 – 5 min earlier</source>
        <translation>早 1 – 5 min</translation>
    </message>
    <message>
        <source>the same to 1 min</source>
        <translation>相差不超过 1 min</translation>
    </message>
    <message>
        <source>1 – 5 min later</source>
        <translation>晚 1 – 5 min</translation>
    </message>
    <message>
        <source>5 – 10 min later</source>
        <translation>晚 5 – 10 min</translation>
    </message>
    <message>
        <source>10 – 30 min later</source>
        <translation>晚 10 – 30 min</translation>
    </message>
    <message>
        <source>30 min and more later</source>
        <translation>晚 30 min 及以上</translation>
    </message>
    <message>
        <source>the same depth</source>
        <translation>水深相同</translation>
    </message>
    <message>
        <source>deeper in B</source>
        <translation>B 更深</translation>
    </message>
    <message>
        <source>shallower in B</source>
        <translation>B 更浅</translation>
    </message>
    <message>
        <source>wet in B only</source>
        <translation>仅 B 淹没</translation>
    </message>
    <message>
        <source>wet in A only</source>
        <translation>仅 A 淹没</translation>
    </message>
    <message>
        <source>0.1 – 5 mm</source>
        <translation>0.1 – 5 mm</translation>
    </message>
    <message>
        <source>5 – 20 mm</source>
        <translation>5 – 20 mm</translation>
    </message>
    <message>
        <source>20 – 50 mm</source>
        <translation>20 – 50 mm</translation>
    </message>
    <message>
        <source>50 – 100 mm</source>
        <translation>50 – 100 mm</translation>
    </message>
    <message>
        <source>100 mm and more</source>
        <translation>100 mm 及以上</translation>
    </message>
    <message>
        <source>less than half full</source>
        <translation>不足半满</translation>
    </message>
    <message>
        <source>50 – 80 % full</source>
        <translation>50 – 80 % 满</translation>
    </message>
    <message>
        <source>80 – 99 % full</source>
        <translation>80 – 99 % 满</translation>
    </message>
    <message>
        <source>full</source>
        <translation>满管</translation>
    </message>
    <message>
        <source>below 25 %</source>
        <translation>低于 25 %</translation>
    </message>
    <message>
        <source>85 % and more</source>
        <translation>85 % 及以上</translation>
    </message>
    <message>
        <source>0.1 – 10 mm</source>
        <translation>0.1 – 10 mm</translation>
    </message>
    <message>
        <source>10 – 25 mm</source>
        <translation>10 – 25 mm</translation>
    </message>
    <message>
        <source>25 – 50 mm</source>
        <translation>25 – 50 mm</translation>
    </message>
    <message>
        <source>100 – 250 mm</source>
        <translation>100 – 250 mm</translation>
    </message>
    <message>
        <source>250 mm and more</source>
        <translation>250 mm 及以上</translation>
    </message>
    <message>
        <source>below a tenth of the mean</source>
        <translation>低于均值的十分之一</translation>
    </message>
    <message>
        <source>below the mean</source>
        <translation>低于均值</translation>
    </message>
    <message>
        <source>1 – 3 times the mean</source>
        <translation>均值的 1–3 倍</translation>
    </message>
    <message>
        <source>3 – 10 times the mean</source>
        <translation>均值的 3–10 倍</translation>
    </message>
    <message>
        <source>10 times the mean and more</source>
        <translation>均值的 10 倍及以上</translation>
    </message>
</context>
<context>
    <name>ModelInputs</name>
    <message>
        <source>The tool that reads models is missing: switch on the provider City Twin in Processing&apos;s options.</source>
        <translation>找不到读取模型的工具：请在“选项”的“数据处理”中启用提供程序 City Twin。</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Or single files</source>
        <translation>或单个文件</translation>
    </message>
    <message>
        <source>CRS of the buildings</source>
        <translation>建筑图层的 CRS</translation>
    </message>
    <message>
        <source>Models to read</source>
        <translation>待读取的模型</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>read</source>
        <translation>已读取</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>unsure: {source}</source>
        <translation>不可靠：{source}</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>定位</translation>
    </message>
    <message>
        <source>Name, place or reason</source>
        <translation>名称、定位或原因</translation>
    </message>
    <message>
        <source>Show only the models with these words in their name, state, place or reason.</source>
        <translation>仅显示名称、状态、定位或原因中含这些词的模型。</translation>
    </message>
    <message>
        <source>Show only the models of one state.</source>
        <translation>仅显示某一状态的模型。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Zoom to</source>
        <translation>缩放至</translation>
    </message>
    <message>
        <source>Show the model&apos;s buildings on the map (Enter).</source>
        <translation>在地图上显示该模型的建筑 (Enter)。</translation>
    </message>
    <message>
        <source>Place…</source>
        <translation>定位…</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy reason</source>
        <translation>复制原因</translation>
    </message>
    <message>
        <source>{n} models so far…</source>
        <translation>已列出 {n} 个模型…</translation>
    </message>
    <message>
        <source>all states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>{n} {state}</source>
        <translation>{state} {n}</translation>
    </message>
    <message>
        <source>Models appear here with what was read from them, or why they could not be read.</source>
        <translation>模型将列在此处，并说明从中读取的内容，或无法读取的原因。</translation>
    </message>
    <message>
        <source>Select a model to see its building; right-click for more actions.</source>
        <translation>选择一个模型以查看其建筑；右键单击可显示更多操作。</translation>
    </message>
    <message>
        <source>Place this model by hand on the map (Ctrl+P).</source>
        <translation>在地图上手动放置该模型（Ctrl+P）。</translation>
    </message>
    <message>
        <source>Open the table of all models with every attribute (Ctrl+T).</source>
        <translation>打开包含所有模型及其全部属性的表（Ctrl+T）。</translation>
    </message>
    <message>
        <source>Read again what failed or was read in part (Ctrl+R).</source>
        <translation>重新读取失败或仅部分读取的模型（Ctrl+R）。</translation>
    </message>
    <message>
        <source>read in part</source>
        <translation>部分读取</translation>
    </message>
    <message>
        <source>without a place</source>
        <translation>无位置</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>文件缺失</translation>
    </message>
</context>
<context>
    <name>ModelListing</name>
    <message>
        <source>&apos;{path}&apos; does not exist yet: choose the folder of the models, then update the base.</source>
        <translation>“{path}”尚不存在：请选择模型文件夹，然后更新底座。</translation>
    </message>
    <message>
        <source>Listing the models…</source>
        <translation>正在列出模型…</translation>
    </message>
    <message>
        <source>The models cannot be listed.</source>
        <translation>无法列出模型。</translation>
    </message>
    <message>
        <source>The source holds no models yet.</source>
        <translation>该来源中尚无模型。</translation>
    </message>
</context>
<context>
    <name>ModelReading</name>
    <message>
        <source>Places of models</source>
        <translation>模型位置</translation>
    </message>
    <message>
        <source>it cannot be edited</source>
        <translation>无法编辑</translation>
    </message>
</context>
<context>
    <name>NetworkRisk</name>
    <message>
        <source>Network risk</source>
        <translation>路网与设施风险</translation>
    </message>
    <message>
        <source>&lt;p&gt;Shows which roads, rails, pipes or points the water closes: the length above each depth, the greatest depth, when an asset closes and opens again, and the speed that is left on it.&lt;/p&gt;&lt;p&gt;Lines are cut at the cells of the depths, so that lengths are exact. Choose DEPTH, or RESULT, or both; times need RESULT. Bridges and tunnels (fields is_bridge, bridge, is_tunnel, tunnel) count as open: the water on the ground is not on them.&lt;/p&gt;&lt;p&gt;With DEPENDENCIES, FAILURES says what fails with what is closed: a pump without its substation, an underpass without its pump.&lt;/p&gt;</source>
        <translation>&lt;p&gt;显示哪些道路、轨道、管线或设施点因水而封闭：超过各水深的长度、最大水深、封闭与恢复的时间，以及剩余车速。&lt;/p&gt;&lt;p&gt;线在水深像元的边界处切分，因此长度是精确的。选择 DEPTH 或 RESULT，或两者；时间需要 RESULT。桥梁和隧道（字段 is_bridge、bridge、is_tunnel、tunnel）视为畅通：地面上的水不在其上。&lt;/p&gt;&lt;p&gt;有 DEPENDENCIES 时，FAILURES 说明哪些设施随之失效：没有变电站的泵，没有泵的下穿通道。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Roads, rails, pipes, or points. Fields used: id, asset_id, road_id; speed_km_h, maxspeed.</source>
        <translation>道路、轨道、管线或点。使用的字段：id、asset_id、road_id；speed_km_h、maxspeed。</translation>
    </message>
    <message>
        <source>Lines or points</source>
        <translation>线或点</translation>
    </message>
    <message>
        <source>Maximum depth in m, 0 where dry: DEPTH_MAX of the flood simulation.</source>
        <translation>最大水深（m），干处为 0：内涝模拟的 DEPTH_MAX。</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Depths over time: RESULT of the flood simulation (.nc).</source>
        <translation>水深随时间变化：内涝模拟的 RESULT (.nc)。</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Maximum velocity in m/s: VELOCITY_MAX of the flood simulation. Its product with the depth then also closes an asset: see VEHICLE.</source>
        <translation>最大流速（m/s）：内涝模拟的 VELOCITY_MAX。此时流速与水深之积也会使设施封闭：见 VEHICLE。</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Caution from (m)</source>
        <translation>警戒水深 (m)</translation>
    </message>
    <message>
        <source>Depth that closes a lane.</source>
        <translation>使一条车道封闭的水深。</translation>
    </message>
    <message>
        <source>Closed from (m)</source>
        <translation>封闭水深 (m)</translation>
    </message>
    <message>
        <source>Depth that closes an asset.</source>
        <translation>使设施封闭的水深。</translation>
    </message>
    <message>
        <source>OUTPUT has the length of each line with at least so much water; up to 12 depths.</source>
        <translation>OUTPUT 给出每条线不小于该水深的长度；最多 12 个水深。</translation>
    </message>
    <message>
        <source>Depths of the lengths (m)</source>
        <translation>统计长度的水深 (m)</translation>
    </message>
    <message>
        <source>Whose product of depth and speed closes: small_car 0.30 m²/s, large_car 0.45, four_wheel_drive 0.60. Only with VELOCITY.</source>
        <translation>按哪种车辆的水深与流速之积判断封闭：small_car 0.30 m²/s，large_car 0.45，four_wheel_drive 0.60。仅在有 VELOCITY 时。</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Field of the class by which SUMMARY counts; empty: road_class, highway, kind and the like.</source>
        <translation>SUMMARY 分类统计所用的字段；留空：road_class、highway、kind 等。</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>类别字段</translation>
    </message>
    <message>
        <source>Speed on dry lines that have none of their own.</source>
        <translation>没有车速字段的线在干燥时的车速。</translation>
    </message>
    <message>
        <source>Speed without water (km/h)</source>
        <translation>无水时车速 (km/h)</translation>
    </message>
    <message>
        <source>Rows with asset and needs (ids of NETWORK); group: rows of one group are alternatives, of which one is enough; backup_h: hours that the asset goes on without.</source>
        <translation>含 asset 和 needs（NETWORK 的编号）的行；group：同组各行互为备选，有一个即可；backup_h：缺少时仍能运行的小时数。</translation>
    </message>
    <message>
        <source>What needs what</source>
        <translation>依赖关系</translation>
    </message>
    <message>
        <source>The assets with their own fields and the results.</source>
        <translation>带原有字段和结果的设施。</translation>
    </message>
    <message>
        <source>A row for each class: assets and length by whether they are open, and the first closure.</source>
        <translation>每类一行：按是否畅通统计的数量和长度，以及最早封闭时间。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>A row for each asset that fails, by water or with others: step, minute and reason.</source>
        <translation>每个失效设施一行（因水或随其他设施）：步、分钟和原因。</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>失效</translation>
    </message>
    <message>
        <source>Assets</source>
        <translation>设施</translation>
    </message>
    <message>
        <source>Closed assets</source>
        <translation>封闭的设施</translation>
    </message>
    <message>
        <source>Assets that need caution</source>
        <translation>需警戒的设施</translation>
    </message>
    <message>
        <source>Assets without known depths</source>
        <translation>水深未知的设施</translation>
    </message>
    <message>
        <source>Length of the closed lines (km)</source>
        <translation>封闭线路长度 (km)</translation>
    </message>
    <message>
        <source>NETWORK cannot be read: choose a layer of lines or points.</source>
        <translation>无法读取 NETWORK：请选择线图层或点图层。</translation>
    </message>
    <message>
        <source>THRESHOLDS must be up to 12 depths in m, as in &apos;0.15; 0.30; 0.50&apos;, not &apos;{text}&apos;.</source>
        <translation>THRESHOLDS 必须是最多 12 个水深（m），如“0.15; 0.30; 0.50”，而不是“{text}”。</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Details…</source>
        <translation>详情…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Open the whole log, to read or copy it.</source>
        <translation>打开完整日志，可从中复制。</translation>
    </message>
</context>
<context>
    <name>OptionsFactory</name>
    <message>
        <source>City Twin</source>
        <translation>City Twin</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>How many models are read at the same time. Each worker is a process of its own.</source>
        <translation>同时读取的模型数。每个工作进程都是独立的进程。</translation>
    </message>
    <message>
        <source>the algorithm&apos;s own</source>
        <translation>按算法默认值</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>all but one</source>
        <translation>保留一个核心</translation>
    </message>
    <message>
        <source>How many cores the flood solver uses; one is left for the map by default.</source>
        <translation>内涝求解器使用的核心数；默认为地图显示保留一个。</translation>
    </message>
    <message>
        <source>beside the project file</source>
        <translation>工程文件旁边</translation>
    </message>
    <message>
        <source>Every run gets a folder of its own in this one. Empty: the folder city_twin beside the project file.</source>
        <translation>每次运行在此文件夹中建立各自的子文件夹。空：工程文件旁边的 city_twin 文件夹。</translation>
    </message>
    <message>
        <source>Zoom to the results when a run has ended</source>
        <translation>运行结束后缩放至结果</translation>
    </message>
    <message>
        <source>Off: the map stays where it is.</source>
        <translation>关闭：地图保持原位置。</translation>
    </message>
    <message>
        <source>warnings only</source>
        <translation>仅警告</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Worker processes for models</source>
        <translation>读取模型的工作进程数</translation>
    </message>
    <message>
        <source>Time limit for one model</source>
        <translation>单个模型的超时</translation>
    </message>
    <message>
        <source>Threads of the flood solver</source>
        <translation>内涝求解器的线程数</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Subdivisions of data services</source>
        <translation>数据服务的小类</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>the plugin&apos;s own</source>
        <translation>插件自带</translation>
    </message>
    <message>
        <source>A model that takes longer than this is stopped and reported as failed.</source>
        <translation>读取时间超过此值的模型将被放弃，并报告为失败。</translation>
    </message>
    <message>
        <source>Level of detail in the tab City Twin of QGIS&apos;s log messages.</source>
        <translation>写入 QGIS 日志消息“City Twin”选项卡的内容多少。</translation>
    </message>
    <message>
        <source>A table with code, zh, en and parent; it replaces the plugin&apos;s 25 subdivisions.</source>
        <translation>含有 code、zh、en 和 parent 列的表；它取代插件自带的 25 个小类。</translation>
    </message>
    <message>
        <source>A table with word, code, weight and where: keywords that suggest subdivisions.</source>
        <translation>含有 word、code、weight 和 where 列的表：用于推断小类的关键词。</translation>
    </message>
    <message>
        <source>Keywords for guessing subdivisions</source>
        <translation>用于推断小类的关键词</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新询问</translation>
    </message>
    <message>
        <source>Forget to which servers your logins may go and which schedulers may be connected to: the next use asks again. The Resource of an authentication configuration still counts.</source>
        <translation>忘记您的登录信息可以发往哪些服务器、可以连接哪些调度器：下次使用时会重新询问。认证配置的“资源”仍然有效。</translation>
    </message>
    <message>
        <source>Confirmed servers</source>
        <translation>已确认的服务器</translation>
    </message>
    <message>
        <source>in the profile</source>
        <translation>在用户配置文件夹中</translation>
    </message>
    <message>
        <source>Your own themes, districts and scenarios are in the folders themes, districts and scenarios of this one. Empty: the folder city_twin of your QGIS profile.</source>
        <translation>自有主题、片区和场景位于该文件夹下的 themes、districts 和 scenarios 文件夹。留空：QGIS 用户配置文件夹中的 city_twin。</translation>
    </message>
    <message>
        <source>Own themes, districts and scenarios</source>
        <translation>自有主题、片区和场景</translation>
    </message>
</context>
<context>
    <name>PackagesBox</name>
    <message>
        <source>Python packages and data in this profile</source>
        <translation>此用户配置中的 Python 包和数据</translation>
    </message>
    <message>
        <source>Remove packages</source>
        <translation>删除 Python 包</translation>
    </message>
    <message>
        <source>Delete the installed Python packages and the compiled flood solver from this profile.</source>
        <translation>从此用户配置中删除已安装的 Python 包和已编译的内涝求解器。</translation>
    </message>
    <message>
        <source>Remove everything City Twin keeps in this profile…</source>
        <translation>删除 City Twin 在此用户配置中的全部内容…</translation>
    </message>
    <message>
        <source>Delete the packages, City Twin&apos;s settings and its catalogue in this profile; before uninstalling.</source>
        <translation>删除此用户配置中的 Python 包、City Twin 的设置及其服务目录；供卸载前使用。</translation>
    </message>
    <message>
        <source>The installed packages take {size} in {folder}.</source>
        <translation>已安装的包在 {folder} 中占用 {size}。</translation>
    </message>
    <message>
        <source>City Twin has installed no packages in this profile.</source>
        <translation>City Twin 未在此用户配置中安装任何包。</translation>
    </message>
    <message>
        <source>City Twin</source>
        <translation>City Twin</translation>
    </message>
    <message>
        <source>{size} were freed.</source>
        <translation>已释放 {size}。</translation>
    </message>
    <message>
        <source>What is in use now is removed at the next start of QGIS.</source>
        <translation>正在使用的内容将在下次启动 QGIS 时删除。</translation>
    </message>
    <message>
        <source>The installed packages, the compiled flood solver, all settings of City Twin with starred services and saved queries, and the catalogue of services in {folder}. Projects, results and other catalogues stay.</source>
        <translation>包括已安装的 Python 包、已编译的内涝求解器、City Twin 的全部设置（含收藏的服务和保存的查询），以及 {folder} 中的服务目录。工程、结果和其他服务目录会保留。</translation>
    </message>
    <message>
        <source>Delete everything that City Twin keeps in this profile?</source>
        <translation>要删除 City Twin 在此用户配置中的全部内容吗？</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete it now; this cannot be undone.</source>
        <translation>立即删除，无法撤销。</translation>
    </message>
    <message>
        <source>Nothing is deleted.</source>
        <translation>不删除任何内容。</translation>
    </message>
</context>
<context>
    <name>ParameterChecks</name>
    <message>
        <source>There is no parameter {name}: do you mean {like}?</source>
        <translation>没有参数 {name}：您是指 {like} 吗？</translation>
    </message>
    <message>
        <source>There is no parameter {name}. There are: {names}.</source>
        <translation>没有参数 {name}。可用的参数有：{names}。</translation>
    </message>
    <message>
        <source>{name} is &apos;{value}&apos;: give a number, such as 2.5.</source>
        <translation>{name} 的值是“{value}”：请给出一个数，例如 2.5。</translation>
    </message>
    <message>
        <source>{name} is &apos;{value}&apos;: give true or false.</source>
        <translation>{name} 的值是“{value}”：请给出 true 或 false。</translation>
    </message>
    <message>
        <source>{name} is &apos;{value}&apos;: choose one of {choices}.</source>
        <translation>{name} 的值是“{value}”：请从 {choices} 中选择。</translation>
    </message>
    <message>
        <source>{name} is {value}: give a whole number.</source>
        <translation>{name} 的值是 {value}：请给出一个整数。</translation>
    </message>
    <message>
        <source>{name} is {value}: give a number of at most {high}.</source>
        <translation>{name} 的值是 {value}：请给出不大于 {high} 的数。</translation>
    </message>
    <message>
        <source>{name} is {value}: give a number of at least {low}.</source>
        <translation>{name} 的值是 {value}：请给出不小于 {low} 的数。</translation>
    </message>
    <message>
        <source>{name} is {value}: give a number from {low} to {high}.</source>
        <translation>{name} 的值是 {value}：请给出 {low} 到 {high} 之间的数。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; of {parent} has no field &apos;{field}&apos; for {name}. It has: {fields}.</source>
        <translation>{parent} 的图层“{layer}”没有 {name} 所要的字段 {field}。该图层的字段有：{fields}。</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>[Not set]</source>
        <translation>[未设置]</translation>
    </message>
</context>
<context>
    <name>PlacingPanel</name>
    <message>
        <source>Place by hand</source>
        <translation>手动定位</translation>
    </message>
    <message>
        <source>Easting of the model&apos;s zero point, m.</source>
        <translation>模型原点的东坐标，m。</translation>
    </message>
    <message>
        <source>Northing of the model&apos;s zero point, m.</source>
        <translation>模型原点的北坐标，m。</translation>
    </message>
    <message>
        <source>Bearing of the model&apos;s y axis, degrees clockwise from grid north.</source>
        <translation>模型 y 轴的方位角，自坐标北起顺时针，度。</translation>
    </message>
    <message>
        <source>Stand on the terrain</source>
        <translation>置于地形上</translation>
    </message>
    <message>
        <source>Set the level so that the ground floor lies on the terrain under the middle of the footprint.</source>
        <translation>设置高程，使首层位于基底轮廓中心处的地形上。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>East, m</source>
        <translation>东坐标 (m)</translation>
    </message>
    <message>
        <source>North, m</source>
        <translation>北坐标 (m)</translation>
    </message>
    <message>
        <source>Level, m</source>
        <translation>高程 (m)</translation>
    </message>
    <message>
        <source>Bearing, °</source>
        <translation>方位角 (°)</translation>
    </message>
    <message>
        <source>the model&apos;s zero point</source>
        <translation>模型原点</translation>
    </message>
    <message>
        <source>the middle of its footprint</source>
        <translation>基底轮廓中心</translation>
    </message>
    <message>
        <source>its south-west corner</source>
        <translation>西南角</translation>
    </message>
    <message>
        <source>its south-east corner</source>
        <translation>东南角</translation>
    </message>
    <message>
        <source>its north-east corner</source>
        <translation>东北角</translation>
    </message>
    <message>
        <source>its north-west corner</source>
        <translation>西北角</translation>
    </message>
    <message>
        <source>Click a second point along the wall that leads to the next corner.</source>
        <translation>沿通向下一角点的墙单击第二点。</translation>
    </message>
    <message>
        <source>Drag the footprint to move it, the orange square to turn it.</source>
        <translation>拖动轮廓可移动，拖动橙色方块可旋转。</translation>
    </message>
    <message>
        <source>The model&apos;s point that the first click puts on the map. Corners refer to the model&apos;s own axes.</source>
        <translation>首次单击时放到地图上的模型点。角点以模型自身的坐标轴为准。</translation>
    </message>
    <message>
        <source>Undo the last step (Ctrl+Z or Backspace on the map).</source>
        <translation>撤销上一步（在地图上按 Ctrl+Z 或退格键）。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Place here</source>
        <translation>确定位置</translation>
    </message>
    <message>
        <source>Click on the map where this point of the model lies, or enter its coordinates.</source>
        <translation>在地图上单击模型该点的位置，或输入其坐标。</translation>
    </message>
    <message>
        <source>Click a second point in the direction of the model&apos;s y axis; right-click keeps the bearing.</source>
        <translation>单击模型 y 轴方向上的第二个点；右键单击则保持方位角。</translation>
    </message>
    <message>
        <source>Keep the model&apos;s earlier place (Escape on the map).</source>
        <translation>保持模型原来的位置（在地图上按 Esc）。</translation>
    </message>
    <message>
        <source>Keep this place, and read the model again with it (Enter on the map).</source>
        <translation>保留此位置，并据此重新读取模型（在地图上按回车）。</translation>
    </message>
    <message>
        <source>Anchor</source>
        <translation>锚点</translation>
    </message>
    <message>
        <source>Elevation of the model&apos;s zero point, m above the terrain&apos;s datum.</source>
        <translation>模型原点的高程，m，基于地形的高程基准。</translation>
    </message>
</context>
<context>
    <name>PlanDock</name>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Make the plan</source>
        <translation>编制预案</translation>
    </message>
    <message>
        <source>The plan&apos;s tools are missing: switch on the provider City Twin in Processing&apos;s options.</source>
        <translation>缺少预案工具：请在“处理”的选项中启用 City Twin。</translation>
    </message>
    <message>
        <source>More inputs</source>
        <translation>更多输入</translation>
    </message>
    <message>
        <source>Show a plan that was stored as PLAN (.json).</source>
        <translation>显示以 PLAN (.json) 保存的预案。</translation>
    </message>
    <message>
        <source>Open a plan…</source>
        <translation>打开预案…</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Contingency plan</source>
        <translation>应急预案</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>打开预案</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>预案 (*.json)</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>People who leave</source>
        <translation>转移人员</translation>
    </message>
    <message>
        <source>Shelters</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Pumps and barriers</source>
        <translation>水泵和挡水板</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>疏散路线</translation>
    </message>
    <message>
        <source>Closed roads</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Make a plan of the chosen floods, with its layers and pages; they go into a new folder.</source>
        <translation>用选中的内涝编制预案，包括图层和文档；写入新文件夹。</translation>
    </message>
    <message>
        <source>Assess the buildings in a flood first: see the Flood dock.</source>
        <translation>请先评估内涝中的建筑：见“内涝”面板。</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Both plans say the same.</source>
        <translation>两份预案内容相同。</translation>
    </message>
    <message>
        <source>People without a place</source>
        <translation>无处安置人数</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>街区</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Everyone who must leave has a place.</source>
        <translation>所有需转移的人员都已安置。</translation>
    </message>
    <message>
        <source>Buildings in water</source>
        <translation>受淹建筑</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Depth (m)</source>
        <translation>水深 (m)</translation>
    </message>
    <message>
        <source>Water inside from (h:min)</source>
        <translation>进水时间（时:分）</translation>
    </message>
    <message>
        <source>Water reaches no building at this level.</source>
        <translation>该等级下没有建筑受淹。</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Closes (h:min)</source>
        <translation>封闭（时:分）</translation>
    </message>
    <message>
        <source>Opens (h:min)</source>
        <translation>恢复（时:分）</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>The water closes no road at this level.</source>
        <translation>该等级下没有道路因积水封闭。</translation>
    </message>
    <message>
        <source>Who goes where</source>
        <translation>转移去向</translation>
    </message>
    <message>
        <source>Shelter</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Leave by (h:min)</source>
        <translation>最迟出发（时:分）</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>路程</translation>
    </message>
    <message>
        <source>Nobody is sent to a shelter at this level.</source>
        <translation>该等级下没有人员转移到避难场所。</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未采用原因</translation>
    </message>
    <message>
        <source>The plan has no shelters.</source>
        <translation>预案没有避难场所。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>In place by (h:min)</source>
        <translation>到位时间（时:分）</translation>
    </message>
    <message>
        <source>The plan places no pumps or barriers at this level.</source>
        <translation>该等级下预案未布置水泵或挡水板。</translation>
    </message>
    <message>
        <source>Check-list</source>
        <translation>检查清单</translation>
    </message>
    <message>
        <source>Time (h:min)</source>
        <translation>时间（时:分）</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>The table of actions has none for this level.</source>
        <translation>行动表中没有该等级的行动。</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>The plan has no warnings.</source>
        <translation>该预案没有提示。</translation>
    </message>
</context>
<context>
    <name>PlanLists</name>
    <message>
        <source>Which list of the plan is shown.</source>
        <translation>显示预案的哪个列表。</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Show only the rows with this text in one of their columns.</source>
        <translation>只显示任一列包含此文字的行。</translation>
    </message>
    <message>
        <source>Search the list</source>
        <translation>搜索列表</translation>
    </message>
    <message>
        <source>Choose a row to show it on the map; click a heading to sort.</source>
        <translation>选择一行即在地图上显示；单击表头排序。</translation>
    </message>
    <message>
        <source>Rows of the list</source>
        <translation>列表行</translation>
    </message>
</context>
<context>
    <name>PlanTimeLine</name>
    <message>
        <source>Time line of the plan</source>
        <translation>预案时间线</translation>
    </message>
    <message>
        <source>{n} events; choose a moment to show it on the map.</source>
        <translation>{n} 个事件；选择时刻即在地图上显示。</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>另有 {n} 个</translation>
    </message>
    <message>
        <source>Choose a moment, or go from event to event with the arrow keys.</source>
        <translation>选择一个时刻，或用方向键逐个事件移动。</translation>
    </message>
</context>
<context>
    <name>PlanView</name>
    <message>
        <source>Which warning level is shown.</source>
        <translation>显示哪个预警等级。</translation>
    </message>
    <message>
        <source>Warning level</source>
        <translation>预警等级</translation>
    </message>
    <message>
        <source>Version {version}, made {date}</source>
        <translation>第 {version} 版，编制于 {date}</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>预案 (*.json)</translation>
    </message>
    <message>
        <source>The time line of this level is empty: there is nothing to play.</source>
        <translation>该等级的时间线为空：没有可播放的内容。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the plan over the flood: click again to end.</source>
        <translation>在内涝过程上播放预案：再次单击结束。</translation>
    </message>
    <message>
        <source>Open another plan; the list Changes then has what this one says otherwise.</source>
        <translation>打开另一份预案；列表“变化”随后列出两者的不同之处。</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Open the pages of the plan that lie beside it.</source>
        <translation>打开与预案同在一处的文档。</translation>
    </message>
    <message>
        <source>Pages (PDF)</source>
        <translation>文档 (PDF)</translation>
    </message>
    <message>
        <source>Open the plan in the browser; it works without a network.</source>
        <translation>在浏览器中打开预案；无需网络。</translation>
    </message>
    <message>
        <source>Browser page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>{n} buildings in water, {inside} with water inside, {critical} critical</source>
        <translation>受淹建筑 {n} 栋，其中室内进水 {inside} 栋，重要设施 {critical} 处</translation>
    </message>
    <message>
        <source>{n} roads close</source>
        <translation>封闭道路 {n} 条</translation>
    </message>
    <message>
        <source>{placed} people have a place, {unplaced} have none</source>
        <translation>已安置 {placed} 人，未安置 {unplaced} 人</translation>
    </message>
    <message>
        <source>{roads}, the first at {time}</source>
        <translation>{roads}，最早于 {time}</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
</context>
<context>
    <name>ProfileChart</name>
    <message>
        <source>Ground and water, m · {when}
{length} m long, up to {depth} m deep</source>
        <translation>地面与水面高程，m · {when}
长 {length} m，最大水深 {depth} m</translation>
    </message>
    <message>
        <source>distance, m</source>
        <translation>距离，m</translation>
    </message>
</context>
<context>
    <name>PublishTwinBase</name>
    <message>
        <source>Publish the twin base</source>
        <translation>发布孪生底座</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes a folder of configurations with which servers offer a twin base to others, read-only: pygeoapi (OGC API Features of every table, and OGC API Records of a catalogue), QGIS Server (WMS and WFS, styled), and tipg where the base is in PostGIS. README.txt in the folder explains how to start them.&lt;/p&gt;&lt;p&gt;pygeoapi serves a copy of the base in WGS 84: publish again when the base has changed.&lt;/p&gt;&lt;p&gt;The files hold no password, and the servers listen on this machine only.&lt;/p&gt;</source>
        <translation>&lt;p&gt;写出一个文件夹，供服务器以只读方式发布孪生底座：pygeoapi（各表的 OGC API Features，以及目录的 OGC API Records）、QGIS Server（带样式的 WMS 和 WFS），底座在 PostGIS 中时还有 tipg。启动方法见其中的 README.txt。&lt;/p&gt;&lt;p&gt;pygeoapi 发布的是底座的 WGS 84 副本：底座变化后请重新发布。&lt;/p&gt;&lt;p&gt;文件中没有密码，各服务器仅在本机监听。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Twin base</source>
        <translation>孪生底座</translation>
    </message>
    <message>
        <source>The GeoPackage that &apos;Update the twin base&apos; wrote.</source>
        <translation>“更新孪生底座”写出的 GeoPackage。</translation>
    </message>
    <message>
        <source>The schema of the base in that database.</source>
        <translation>该数据库中底座所在的模式。</translation>
    </message>
    <message>
        <source>Further layers</source>
        <translation>其他图层</translation>
    </message>
    <message>
        <source>Layers to publish beside the base, such as roads and shelters, as they are styled.</source>
        <translation>与底座一并发布的图层，例如道路和避难场所，沿用其样式。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>A catalogue of services to offer as OGC API Records; without files and databases in it.</source>
        <translation>以 OGC API Records 发布的服务目录；其中的文件和数据库不发布。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Title of the services.</source>
        <translation>服务的名称。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Of pygeoapi; tipg and QGIS Server take the next two. All listen on this machine only.</source>
        <translation>pygeoapi 的端口；tipg 和 QGIS Server 使用其后的两个端口。均仅在本机监听。</translation>
    </message>
    <message>
        <source>Folder of the publication</source>
        <translation>发布文件夹</translation>
    </message>
    <message>
        <source>A new or an empty folder, or an earlier publication, which is then replaced.</source>
        <translation>新建的或空的文件夹，或以前的发布文件夹（将被替换）。</translation>
    </message>
    <message>
        <source>Configuration of pygeoapi</source>
        <translation>pygeoapi 配置</translation>
    </message>
    <message>
        <source>Project for QGIS Server</source>
        <translation>QGIS Server 工程</translation>
    </message>
    <message>
        <source>Environment of tipg</source>
        <translation>tipg 环境文件</translation>
    </message>
    <message>
        <source>Tables published</source>
        <translation>已发布的表数</translation>
    </message>
    <message>
        <source>Records published</source>
        <translation>已发布的记录数</translation>
    </message>
    <message>
        <source>FOLDER is empty: choose a new or an empty folder.</source>
        <translation>FOLDER 为空：请选择新建的或空的文件夹。</translation>
    </message>
    <message>
        <source>{n} tables and {m} records in &apos;{folder}&apos;; README.txt explains how to start the servers.</source>
        <translation>“{folder}”中有 {n} 个表和 {m} 条记录；启动服务器的方法见 README.txt。</translation>
    </message>
</context>
<context>
    <name>QueryActions</name>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>&apos;{path}&apos; cannot be opened: save it offline again.</source>
        <translation>无法打开“{path}”：请重新离线保存。</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>{n} rows.</source>
        <translation>{n} 行。</translation>
    </message>
</context>
<context>
    <name>QueryPanel</name>
    <message>
        <source>Queries of this service that you saved; choosing one fills the fields.</source>
        <translation>为该服务保存的查询；选择后自动填入各项。</translation>
    </message>
    <message>
        <source>Run query</source>
        <translation>执行查询</translation>
    </message>
    <message>
        <source>Save query…</source>
        <translation>保存查询…</translation>
    </message>
    <message>
        <source>Saved queries</source>
        <translation>已保存的查询</translation>
    </message>
    <message>
        <source>Save query</source>
        <translation>保存查询</translation>
    </message>
    <message>
        <source>Name of the query</source>
        <translation>查询名称</translation>
    </message>
    <message>
        <source>Fetch the result into a new layer.</source>
        <translation>将查询结果获取到新图层。</translation>
    </message>
    <message>
        <source>Save these fields under a name for this service.</source>
        <translation>为该服务命名并保存以上各项。</translation>
    </message>
    <message>
        <source>Delete query</source>
        <translation>删除查询</translation>
    </message>
    <message>
        <source>Delete the chosen saved query.</source>
        <translation>删除所选的已保存查询。</translation>
    </message>
    <message>
        <source>Click places on the map: the water there over time is shown here. Escape ends it.</source>
        <translation>在地图上点击位置：此处显示该处水情的变化过程。按 Esc 结束。</translation>
    </message>
    <message>
        <source>Hydrographs</source>
        <translation>过程线</translation>
    </message>
    <message>
        <source>Draw a line on the map; a double click ends it: ground and water along it, and the discharge through it, are shown here. Escape ends it.</source>
        <translation>在地图上画一条线，双击结束：此处显示沿线的地面与水面，以及通过该线的流量。按 Esc 退出。</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>剖面</translation>
    </message>
    <message>
        <source>What the lines over time show.</source>
        <translation>过程线显示的量。</translation>
    </message>
    <message>
        <source>The water at the points over time; the numbers are those on the map.</source>
        <translation>各点水情的变化过程；编号与地图上一致。</translation>
    </message>
    <message>
        <source>Ground and water along the line, from its dot to its end.</source>
        <translation>沿线的地面与水面，从圆点到线的终点。</translation>
    </message>
    <message>
        <source>Discharge through the line over time: positive in the direction of the arrow on the map.</source>
        <translation>通过该线的流量过程：以地图上箭头方向为正。</translation>
    </message>
    <message>
        <source>Save the table behind the charts as CSV: the algorithm runs once more and writes it.</source>
        <translation>将图表对应的数据表保存为 CSV：算法会再运行一次并写出。</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>保存数据表…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save the charts as PNG.</source>
        <translation>将图表保存为 PNG。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Remove points, line and charts.</source>
        <translation>移除点、线和图表。</translation>
    </message>
    <message>
        <source>Discharge, m³/s</source>
        <translation>流量，m³/s</translation>
    </message>
    <message>
        <source>Depth, m</source>
        <translation>水深，m</translation>
    </message>
    <message>
        <source>Water level, m</source>
        <translation>水位，m</translation>
    </message>
    <message>
        <source>Velocity, m/s</source>
        <translation>流速，m/s</translation>
    </message>
    <message>
        <source>Depth x velocity, m²/s</source>
        <translation>水深 × 流速，m²/s</translation>
    </message>
    <message>
        <source>Hazard, class H1 to H6</source>
        <translation>危险等级，H1 至 H6</translation>
    </message>
</context>
<context>
    <name>QueryService</name>
    <message>
        <source>Query a service</source>
        <translation>查询服务</translation>
    </message>
    <message>
        <source>&lt;p&gt;Queries the features of a service of the catalogue: in an extent, at a time, with a filter, some of the fields, up to a limit. All pages are fetched.&lt;/p&gt;&lt;p&gt;The filter is CQL2 text, for instance &lt;i&gt;level &amp;gt; 2 AND name LIKE &apos;%river%&apos;&lt;/i&gt; or &lt;i&gt;S_INTERSECTS(geometry, POLYGON((...)))&lt;/i&gt; in longitude and latitude. It is translated for the service; parts that the service cannot evaluate are evaluated here, as NOTES reports.&lt;/p&gt;&lt;p&gt;Shifted coordinates (GCJ-02, BD-09) are corrected.&lt;/p&gt;</source>
        <translation>&lt;p&gt;向目录中的服务查询要素：可指定范围、时间、过滤条件、字段和数量上限。获取所有分页。&lt;/p&gt;&lt;p&gt;过滤条件为 CQL2 文本，例如 &lt;i&gt;level &amp;gt; 2 AND name LIKE '%river%'&lt;/i&gt;，或采用经纬度的 &lt;i&gt;S_INTERSECTS(geometry, POLYGON((...)))&lt;/i&gt;。过滤条件会转换为服务支持的形式；服务不支持的部分由本机完成，并在 NOTES 中说明。&lt;/p&gt;&lt;p&gt;偏移的坐标（GCJ-02、BD-09）会予以纠正。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤条件</translation>
    </message>
    <message>
        <source>In CQL2 text, such as level &gt; 2 AND name LIKE &apos;Houhai%&apos;; empty for all.</source>
        <translation>CQL2 文本，例如 level &gt; 2 AND name LIKE 'Houhai%'；空：全部。</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Names of fields, separated by commas; empty for all.</source>
        <translation>字段名，以逗号分隔；空：全部。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>要素</translation>
    </message>
    <message>
        <source>The features; feature_id is their id in the service.</source>
        <translation>要素图层；feature_id 为要素在服务中的 id。</translation>
    </message>
    <message>
        <source>The service has no field {names}.</source>
        <translation>服务没有字段 {names}。</translation>
    </message>
</context>
<context>
    <name>QuestionDialog</name>
    <message>
        <source>The answer is kept: the question does not come again.</source>
        <translation>回答会被记住：不再询问。</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Nothing is sent or kept.</source>
        <translation>不发送也不记住任何内容。</translation>
    </message>
</context>
<context>
    <name>RailOptions</name>
    <message>
        <source>Rail options</source>
        <translation>轨道方案比较</translation>
    </message>
    <message>
        <source>&lt;p&gt;Compares options of rail lines: people and jobs within 5, 10 and 15 minutes on foot of their stations, each counted once; protection zones; basements, works and other lines that the structure runs into; and entrances below the level of a flood. OPTIONS has one row for each option.&lt;/p&gt;&lt;p&gt;Catchments are the streets that people reach from the entrances, and the land beside them; without ROADS they are circles. Gaps are those of the structure along the sloping rail to prisms with a flat top and bottom.&lt;/p&gt;</source>
        <translation>&lt;p&gt;比较轨道线路方案：车站步行 5、10、15 分钟范围内的人口和岗位（各计一次）；保护区；结构遇到的地下室、动土工程和其他线路；低于洪水位的出入口。OPTIONS 中每个方案一行。&lt;/p&gt;&lt;p&gt;服务范围为从出入口可到达的街道及其两侧用地；没有 ROADS 时为圆。净距为沿轨面坡度的结构与顶底水平的棱柱体之间的距离。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Pieces of lines in a projected CRS in metres. Fields: option, line, kind (underground, at_grade, elevated), state, rail_start_m and rail_end_m (level of the rail) unless the geometry has heights, cost_mcny.</source>
        <translation>线路区段，采用以米为单位的投影坐标系。字段：option、line、kind（underground、at_grade、elevated）、state、rail_start_m 与 rail_end_m（轨面高程，几何带高程时可省略）、cost_mcny。</translation>
    </message>
    <message>
        <source>Alignments</source>
        <translation>线路走向</translation>
    </message>
    <message>
        <source>Stations with the fields option, station_id and name.</source>
        <translation>车站，含字段 option、station_id 和 name。</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>车站</translation>
    </message>
    <message>
        <source>Entrances with the fields station_id and sill_elev_m. People walk from them.</source>
        <translation>出入口，含字段 station_id 和 sill_elev_m。步行从出入口起算。</translation>
    </message>
    <message>
        <source>Entrances</source>
        <translation>出入口</translation>
    </message>
    <message>
        <source>Streets and paths that meet where they share a vertex; people walk in both directions.</source>
        <translation>街道与步道，在共用顶点处相接；双向步行。</translation>
    </message>
    <message>
        <source>Streets and paths</source>
        <translation>街道与步道</translation>
    </message>
    <message>
        <source>Points or polygons with people and jobs; polygons count by the share of their area.</source>
        <translation>带人口和岗位的点或面；面按面积比例计。</translation>
    </message>
    <message>
        <source>People and jobs</source>
        <translation>人口与岗位</translation>
    </message>
    <message>
        <source>Basements with the fields top_elev_m and bottom_elev_m: table underground of a twin base.</source>
        <translation>地下室，含字段 top_elev_m 和 bottom_elev_m：孪生底座的 underground 表。</translation>
    </message>
    <message>
        <source>Basements</source>
        <translation>地下室</translation>
    </message>
    <message>
        <source>Works that dig, with top_elev_m and bottom_elev_m or excavation_m (depth).</source>
        <translation>动土工程，含 top_elev_m 与 bottom_elev_m 或 excavation_m（深度）。</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>动土工程</translation>
    </message>
    <message>
        <source>Level of the flood of 100 years in m: LEVEL_MAX of the flood simulation.</source>
        <translation>百年一遇洪水位（m）：洪水模拟的 LEVEL_MAX。</translation>
    </message>
    <message>
        <source>Flood level</source>
        <translation>洪水位</translation>
    </message>
    <message>
        <source>Minutes of the catchments; up to 6.</source>
        <translation>服务范围的分钟数，最多 6 个。</translation>
    </message>
    <message>
        <source>Minutes on foot</source>
        <translation>步行分钟数</translation>
    </message>
    <message>
        <source>Speed on foot (km/h)</source>
        <translation>步行速度（km/h）</translation>
    </message>
    <message>
        <source>How fast people walk.</source>
        <translation>人员步行的速度。</translation>
    </message>
    <message>
        <source>Land within this distance of a street that is reached belongs to the catchment.</source>
        <translation>距可到达街道该距离以内的用地属于服务范围。</translation>
    </message>
    <message>
        <source>Land beside a street (m)</source>
        <translation>街道两侧用地（m）</translation>
    </message>
    <message>
        <source>A station whose entrances all lie further from every street has no catchment.</source>
        <translation>所有出入口到任何街道都更远的车站没有服务范围。</translation>
    </message>
    <message>
        <source>Way to the street (m)</source>
        <translation>到街道的距离（m）</translation>
    </message>
    <message>
        <source>Without ROADS: ways are so much longer than the straight line.</source>
        <translation>没有 ROADS 时：路程为直线距离的倍数。</translation>
    </message>
    <message>
        <source>Detour factor</source>
        <translation>绕行系数</translation>
    </message>
    <message>
        <source>Field of people</source>
        <translation>人口字段</translation>
    </message>
    <message>
        <source>Empty: residents, people or population.</source>
        <translation>留空：residents、people 或 population。</translation>
    </message>
    <message>
        <source>Field of jobs</source>
        <translation>岗位字段</translation>
    </message>
    <message>
        <source>Empty: jobs or workers.</source>
        <translation>留空：jobs 或 workers。</translation>
    </message>
    <message>
        <source>CSV with kind, words, protection_m, width_m, below_m, above_m, cost_mcny_km; empty: rail_zones.csv of the plugin (50 m beside tunnels, 30 m beside other structures).</source>
        <translation>CSV，列为 kind、words、protection_m、width_m、below_m、above_m、cost_mcny_km；留空：插件的 rail_zones.csv（隧道外侧 50 m，其他结构外侧 30 m）。</translation>
    </message>
    <message>
        <source>Protection zones</source>
        <translation>保护区</translation>
    </message>
    <message>
        <source>A row for each option, with its figures.</source>
        <translation>每个方案一行，含各项指标。</translation>
    </message>
    <message>
        <source>Rail catchments</source>
        <translation>轨道服务范围</translation>
    </message>
    <message>
        <source>A row for each station and number of minutes, with its people and jobs.</source>
        <translation>每个车站和分钟数一行，含人口和岗位。</translation>
    </message>
    <message>
        <source>Rail protection zones</source>
        <translation>轨道保护区</translation>
    </message>
    <message>
        <source>The protection zone of each option, by kind of structure.</source>
        <translation>各方案的保护区，按结构类型。</translation>
    </message>
    <message>
        <source>Rail conflicts</source>
        <translation>轨道冲突</translation>
    </message>
    <message>
        <source>A row for each piece of an option and each object in its protection zone, with both gaps.</source>
        <translation>方案的每个区段与其保护区内每个对象一行，含水平与竖向净距。</translation>
    </message>
    <message>
        <source>Rail entrances and flood</source>
        <translation>轨道出入口与洪水</translation>
    </message>
    <message>
        <source>The entrances with the level of the flood near them, and how far it lies above the sill.</source>
        <translation>出入口及其附近洪水位，以及洪水位高出门槛的高度。</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Objects that structures run into</source>
        <translation>与结构冲突的对象</translation>
    </message>
    <message>
        <source>Entrances below the level of the flood</source>
        <translation>低于洪水位的出入口</translation>
    </message>
    <message>
        <source>{name} cannot be read: choose another layer.</source>
        <translation>无法读取 {name}：请选择其他图层。</translation>
    </message>
    <message>
        <source>MINUTES must be 1 to 6 numbers up to 120, as in &apos;5; 10; 15&apos;, not &apos;{text}&apos;.</source>
        <translation>MINUTES 必须是 1 到 6 个不大于 120 的数，例如“5; 10; 15”，而不是“{text}”。</translation>
    </message>
</context>
<context>
    <name>ReachedTable</name>
    <message>
        <source>Arrives at</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>People, estimated</source>
        <translation>人数（估算）</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Depth outside (m)</source>
        <translation>墙外水深 (m)</translation>
    </message>
    <message>
        <source>Water inside from</source>
        <translation>进水时间</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>{reason}; this is 1 of {count} parts of the building</source>
        <translation>{reason}；为该建筑 {count} 个部分中的 1 个</translation>
    </message>
    <message>
        <source>{reason}; water is in {n} of {count} parts of the building</source>
        <translation>{reason}；该建筑 {count} 个部分中有 {n} 个进水</translation>
    </message>
</context>
<context>
    <name>RecordPreview</name>
    <message>
        <source>No service stands behind this synthetic record.</source>
        <translation>该虚构记录背后没有实际服务。</translation>
    </message>
</context>
<context>
    <name>ResultQueries</name>
    <message>
        <source>Up to {count} points can be compared: clear them to begin again.</source>
        <translation>最多可比较 {count} 个点：请清除后重新开始。</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>&apos;{file}&apos; exists already: choose another name for the table.</source>
        <translation>“{file}”已存在：请为数据表另选名称。</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>The picture &apos;{file}&apos; cannot be written: check the folder and the disk.</source>
        <translation>图片“{file}”无法写入：请检查文件夹和磁盘。</translation>
    </message>
    <message>
        <source>Flood hydrographs</source>
        <translation>内涝过程线</translation>
    </message>
    <message>
        <source>Flood profile</source>
        <translation>内涝剖面</translation>
    </message>
    <message>
        <source>Saved: {file}</source>
        <translation>已保存：{file}</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>This flood has no file over time: simulate again with the output &apos;Flood over time&apos; (RESULT).</source>
        <translation>这次内涝没有过程文件：请选择输出“内涝过程”(RESULT) 重新模拟。</translation>
    </message>
    <message>
        <source>Reading the result…</source>
        <translation>正在读取结果…</translation>
    </message>
    <message>
        <source>Click places, or draw a line, to see the water there over time.</source>
        <translation>点击位置或画一条线，查看该处水情的变化过程。</translation>
    </message>
    <message>
        <source>Points without a cell of the result (outside, in a building, or without data): {numbers}.</source>
        <translation>以下点没有结果单元（在范围外、建筑内或无数据处）：{numbers}。</translation>
    </message>
    <message>
        <source>This place cannot be transformed to the CRS of the result: click nearer to it.</source>
        <translation>该位置无法转换到结果的 CRS：请在结果附近点击。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>RiskReasons</name>
    <message>
        <source>unknown: no water data around the building</source>
        <translation>未知：建筑周围没有水情数据</translation>
    </message>
    <message>
        <source>unknown: not on the water raster</source>
        <translation>未知：不在水情栅格范围内</translation>
    </message>
    <message>
        <source>no water at the building</source>
        <translation>建筑处无积水</translation>
    </message>
    <message>
        <source>no water at the building: at most {depth} m within {reach} m of the walls</source>
        <translation>建筑处无积水：外墙 {reach} m 内最深 {depth} m</translation>
    </message>
    <message>
        <source>{sill}, {water}, {apart} above</source>
        <translation>{sill}，{water}，高出 {apart}</translation>
    </message>
    <message>
        <source>; first in at {time}</source>
        <translation>；最早进水 {time}</translation>
    </message>
    <message>
        <source>; first in by the {opening} at {time}</source>
        <translation>；最早于 {time} 从{opening}进水</translation>
    </message>
    <message>
        <source>; basement reached</source>
        <translation>；已进入地下室</translation>
    </message>
    <message>
        <source>dry inside: {sill}, {water}, {apart} below; {outside}</source>
        <translation>室内未进水：{sill}，{water}，低 {apart}；{outside}</translation>
    </message>
    <message>
        <source>dry inside: {outside}, none at the openings</source>
        <translation>室内未进水：{outside}，洞口处无积水</translation>
    </message>
    <message>
        <source>dry inside: {outside}, none at the {opening}</source>
        <translation>室内未进水：{outside}，{opening}处无积水</translation>
    </message>
    <message>
        <source>{depth} m deep outside</source>
        <translation>室外水深 {depth} m</translation>
    </message>
    <message>
        <source>water outside</source>
        <translation>室外有积水</translation>
    </message>
    <message>
        <source>threshold {height} m above the ground outside</source>
        <translation>门槛高出室外地面 {height} m</translation>
    </message>
    <message>
        <source>ground floor {floor} m plus threshold {height} m</source>
        <translation>首层标高 {floor} m 加门槛 {height} m</translation>
    </message>
    <message>
        <source>{opening}, sill {level} m</source>
        <translation>{opening}门槛标高 {level} m</translation>
    </message>
    <message>
        <source>water {depth} m deep</source>
        <translation>水深 {depth} m</translation>
    </message>
    <message>
        <source>water {depth} m deep at {time}</source>
        <translation>{time} 水深 {depth} m</translation>
    </message>
    <message>
        <source>water {level} m</source>
        <translation>水位 {level} m</translation>
    </message>
    <message>
        <source>water {level} m at {time}</source>
        <translation>{time} 水位 {level} m</translation>
    </message>
    <message>
        <source>water {level} m ({depth} m deep)</source>
        <translation>水位 {level} m（水深 {depth} m）</translation>
    </message>
    <message>
        <source>water {level} m ({depth} m deep) at {time}</source>
        <translation>{time} 水位 {level} m（水深 {depth} m）</translation>
    </message>
    <message>
        <source>less than 0.01 m</source>
        <translation>不足 0.01 m</translation>
    </message>
    <message>
        <source>ground floor</source>
        <translation>首层</translation>
    </message>
    <message>
        <source>main door</source>
        <translation>主入口</translation>
    </message>
    <message>
        <source>door</source>
        <translation>门</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗</translation>
    </message>
    <message>
        <source>ramp</source>
        <translation>坡道</translation>
    </message>
    <message>
        <source>vent</source>
        <translation>通风口</translation>
    </message>
    <message>
        <source>metro entrance</source>
        <translation>地铁出入口</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>unknown: the building has no footprint</source>
        <translation>未知：建筑没有轮廓</translation>
    </message>
    <message>
        <source>no water at the building: at most {depth} m in the cells at the walls</source>
        <translation>建筑处无积水：外墙所在栅格单元内最深 {depth} m</translation>
    </message>
    <message>
        <source>dry inside: {sill}, {water}, {apart} below</source>
        <translation>室内未进水：{sill}，{water}，低 {apart}</translation>
    </message>
    <message>
        <source>no water at the building: {depth} m by the cells that count for it</source>
        <translation>建筑处无水：按计入的单元水深为 {depth} m</translation>
    </message>
</context>
<context>
    <name>RunEnsemble</name>
    <message>
        <source>A row for each run, with its name. Further columns: parameters of a run, such as RAIN, LEVEL_SOUTH_M or ROUGHNESS; zone, return_period_a, storm_duration_min, pattern and peak_ratio of a design storm; probability; measure, cost and baseline.</source>
        <translation>每个方案一行，含其名称（name）。其他列：方案的参数，如 RAIN、LEVEL_SOUTH_M 或 ROUGHNESS；设计暴雨的 zone、return_period_a、storm_duration_min、pattern 和 peak_ratio；probability；measure、cost 和 baseline。</translation>
    </message>
    <message>
        <source>Table of runs</source>
        <translation>方案表</translation>
    </message>
    <message>
        <source>Openings of BUILDINGS: counts the buildings and doors that water reaches.</source>
        <translation>BUILDINGS 的洞口：统计进水的建筑和门窗。</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Storeys of BUILDINGS, as &apos;Load BIM models&apos; writes them.</source>
        <translation>BUILDINGS 的楼层，格式同“加载 BIM 模型”的输出。</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Name of the run in which nothing is done: all others are compared with it.</source>
        <translation>不采取措施的方案名称：其他方案都与之比较。</translation>
    </message>
    <message>
        <source>Compare with the run</source>
        <translation>与此方案比较</translation>
    </message>
    <message>
        <source>Also write each flood over time</source>
        <translation>同时写出每场洪水的过程</translation>
    </message>
    <message>
        <source>RESULT of each run, which QGIS animates. It is the largest file of a run.</source>
        <translation>每个方案的 RESULT，QGIS 可播放动画。它是方案中最大的文件。</translation>
    </message>
    <message>
        <source>0: one for each core; WORKERS times THREADS are no more than the cores.</source>
        <translation>0：每个核心一个；WORKERS 与 THREADS 的乘积不超过核心数。</translation>
    </message>
    <message>
        <source>Runs at a time</source>
        <translation>同时计算的方案数</translation>
    </message>
    <message>
        <source>Address of a dask scheduler, such as tls://10.0.0.5:8786, whose workers compute instead of this machine. They need QGIS with the plugin, and FOLDER and the inputs under the same paths.</source>
        <translation>dask 调度器的地址，如 tls://10.0.0.5:8786，由其工作进程代替本机计算。工作进程需要安装带本插件的 QGIS，并能以相同路径访问 FOLDER 和输入。</translation>
    </message>
    <message>
        <source>A folder for each run, with its name. Finished runs in it are not computed again.</source>
        <translation>每个方案一个同名文件夹。其中已完成的方案不再计算。</translation>
    </message>
    <message>
        <source>Folder of the runs</source>
        <translation>方案文件夹</translation>
    </message>
    <message>
        <source>Greatest depth of all runs</source>
        <translation>所有方案的最大水深</translation>
    </message>
    <message>
        <source>Metres; 0 where all runs are dry. Runs with a measure do not count, unless all have one.</source>
        <translation>米；所有方案均无水处为 0。有措施的方案不计入，除非所有方案都有措施。</translation>
    </message>
    <message>
        <source>Earliest arrival of all runs</source>
        <translation>所有方案的最早到达时间</translation>
    </message>
    <message>
        <source>Minutes from the start of the run; no data where all runs are dry.</source>
        <translation>自模拟开始的分钟数；所有方案均无水处为无数据。</translation>
    </message>
    <message>
        <source>Probability of depths</source>
        <translation>水深超越概率</translation>
    </message>
    <message>
        <source>Bands for 0.15, 0.30 and 0.50 m: the probability of a greater depth, by the column probability or return_period_a, else the share of the runs. No data where a run has none.</source>
        <translation>0.15、0.30 和 0.50 m 各一个波段：超过该水深的概率，按 probability 或 return_period_a 列计算，否则为方案所占比例。任一方案无数据处为无数据。</translation>
    </message>
    <message>
        <source>Runs and their figures</source>
        <translation>方案及其数值</translation>
    </message>
    <message>
        <source>A row for each run: ok, skipped (finished before) or failed, why, figures.</source>
        <translation>每个方案一行：ok（已计算）、skipped（此前已完成）或 failed（失败），原因，数值。</translation>
    </message>
    <message>
        <source>Comparison with the baseline</source>
        <translation>与基准方案的比较</translation>
    </message>
    <message>
        <source>A row for each run that has a baseline: volumes, areas, buildings and doors, their changes, cost for each door kept dry. Maps of the change of depth are in the folder &apos;changes&apos;.</source>
        <translation>每个有基准的方案一行：水量、面积、建筑和门窗及其变化，每保住一处门窗的费用。水深变化图在文件夹“changes”中。</translation>
    </message>
    <message>
        <source>Runs computed now</source>
        <translation>本次计算的方案数</translation>
    </message>
    <message>
        <source>Runs finished before</source>
        <translation>此前已完成的方案数</translation>
    </message>
    <message>
        <source>Runs that failed</source>
        <translation>失败的方案数</translation>
    </message>
    <message>
        <source>Run an ensemble of floods</source>
        <translation>计算洪水方案集</translation>
    </message>
    <message>
        <source>&lt;p&gt;Simulates a flood for each row of a table: storms, tides, drains, measures. A column called like a parameter of &apos;Simulate flood&apos; gives its value for the run; where a cell is empty, the value below counts. The results are a folder for each run, maps of all runs together (greatest depth, earliest arrival, how probable a depth is), and what measures change against doing nothing.&lt;/p&gt;&lt;p&gt;A run that failed is a row with its reason and stops nothing. The next start with the same folder computes only runs that are not finished or whose inputs have changed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;对表中的每一行模拟一场洪水：暴雨、潮位、排水、措施。与“内涝模拟”参数同名的列给出该方案的取值；单元格为空时采用下方的值。结果为每个方案一个文件夹、所有方案的汇总图（最大水深、最早到达时间、水深超越概率），以及措施与不采取措施相比的变化。&lt;/p&gt;&lt;p&gt;失败的方案在表中占一行并注明原因，不影响其他方案。再次以同一文件夹启动时，只计算未完成或输入已改变的方案。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Cancelled: the finished runs are kept, and the next start continues from there.</source>
        <translation>已取消：已完成的方案予以保留，下次启动从此处继续。</translation>
    </message>
    <message>
        <source>Connect to a new scheduler?</source>
        <translation>连接新的调度器？</translation>
    </message>
    <message>
        <source>Shall the dask scheduler at {address} compute the runs?</source>
        <translation>是否由位于 {address} 的 dask 调度器计算方案？</translation>
    </message>
    <message>
        <source>Whoever runs it can run code on this computer. The answer yes is kept for this address.</source>
        <translation>运行该调度器的人可以在本机执行代码。对该地址的肯定回答将被保存。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The scheduler at {address} was not asked: nothing was computed.</source>
        <translation>未连接位于 {address} 的调度器：没有计算任何内容。</translation>
    </message>
    <message>
        <source>The scheduler at {address} is new: run &apos;Run an ensemble of floods&apos; with it from the toolbox once, which asks whether you trust it.</source>
        <translation>位于 {address} 的调度器是新的：请从工具箱用它运行一次“计算洪水方案集”，届时会询问您是否信任它。</translation>
    </message>
    <message>
        <source>Further outputs of each run</source>
        <translation>每个方案的其他输出</translation>
    </message>
    <message>
        <source>Outputs of &apos;Simulate flood&apos; that the folder of each run has besides the usual.</source>
        <translation>除常规结果外，每个方案文件夹中还要写出的“内涝模拟”的输出。</translation>
    </message>
</context>
<context>
    <name>RunScenario</name>
    <message>
        <source>Run a scenario</source>
        <translation>运行场景</translation>
    </message>
    <message>
        <source>&lt;p&gt;Runs an application scenario on the data of a district: its algorithms one after the other, then its measures and checks. OUTPUT_FOLDER gets the outputs with their styles, and provenance.json: versions, the parameters of each step, the sources with age and hash, measures and checks.&lt;/p&gt;&lt;p&gt;A check that does not hold is an answer too: the outputs stay, STATE is &apos;check failed&apos;, and the log says which.&lt;/p&gt;&lt;p&gt;A scenario that did not ship with the plugin is shown before its first run: what it reads, runs and writes. It runs only algorithms of a list, and writes only into OUTPUT_FOLDER.&lt;/p&gt;</source>
        <translation>&lt;p&gt;用片区的数据运行一个应用场景：依次运行其算法，然后计算指标并检查。OUTPUT_FOLDER 得到带样式的输出和 provenance.json：版本、每一步的参数、数据来源及其时龄和散列值、指标和检查。&lt;/p&gt;&lt;p&gt;不成立的检查也是一种回答：输出保留，STATE 为 check failed，日志写明是哪一项。&lt;/p&gt;&lt;p&gt;不随插件提供的场景在首次运行前会显示它读取、运行和写出什么。它只能运行清单中的算法，只能写入 OUTPUT_FOLDER。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>The id of a scenario of &apos;List scenarios&apos;.</source>
        <translation>“列出场景”中某个场景的编号。</translation>
    </message>
    <message>
        <source>Scenario document</source>
        <translation>场景文档</translation>
    </message>
    <message>
        <source>Scenario (*.json)</source>
        <translation>场景 (*.json)</translation>
    </message>
    <message>
        <source>A document, instead of SCENARIO.</source>
        <translation>代替 SCENARIO 的文档。</translation>
    </message>
    <message>
        <source>Data of a district</source>
        <translation>片区数据</translation>
    </message>
    <message>
        <source>The folder with dtm.tif, district.gpkg and the like.</source>
        <translation>含 dtm.tif、district.gpkg 等的文件夹。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>A GeoPackage with a catalogue of services, for scenarios that ask services.</source>
        <translation>含服务目录的 GeoPackage，供需要访问服务的场景使用。</translation>
    </message>
    <message>
        <source>District</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>The polygon of a district, for scenarios that have data named DISTRICT.</source>
        <translation>片区的多边形，供含有名为 DISTRICT 的数据的场景使用。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Data instead</source>
        <translation>替代数据</translation>
    </message>
    <message>
        <source>Rows of a data name of the scenario, such as DTM, and the file or layer to take instead.</source>
        <translation>每行为场景中的数据名（如 DTM）以及代替它的文件或图层。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Rows of a setting of the scenario, such as RETURN_PERIOD, and its value.</source>
        <translation>每行为场景的一个设置（如 RETURN_PERIOD）及其值。</translation>
    </message>
    <message>
        <source>I agree to what this scenario does</source>
        <translation>我同意此场景所做的事</translation>
    </message>
    <message>
        <source>A document that did not ship runs only with this, or after you agreed to it in the desktop; without, the log says what it reads, runs and writes.</source>
        <translation>不随插件提供的文档只有选中此项，或您已在桌面中同意之后才会运行；否则日志写明它读取、运行和写出什么。</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>A new or an empty folder; it appears complete or not at all. Without it only MODEL is written.</source>
        <translation>新的或空的文件夹；要么完整出现，要么不出现。不给出时只写 MODEL。</translation>
    </message>
    <message>
        <source>Measures and checks</source>
        <translation>指标与检查</translation>
    </message>
    <message>
        <source>A row for each measure and check, as in provenance.json.</source>
        <translation>每个指标和检查一行，与 provenance.json 相同。</translation>
    </message>
    <message>
        <source>Model of the chain</source>
        <translation>算法链的模型</translation>
    </message>
    <message>
        <source>Model (*.model3)</source>
        <translation>模型 (*.model3)</translation>
    </message>
    <message>
        <source>The chain as a model of QGIS, which the model designer opens and which runs by itself.</source>
        <translation>以 QGIS 模型形式保存的算法链，可在模型设计器中打开，也可独立运行。</translation>
    </message>
    <message>
        <source>ok, or check failed</source>
        <translation>ok 或 check failed</translation>
    </message>
    <message>
        <source>Provenance (.json)</source>
        <translation>来源记录 (.json)</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Checks that do not hold</source>
        <translation>不成立的检查</translation>
    </message>
    <message>
        <source>Run a scenario that did not ship with City Twin?</source>
        <translation>运行不随 City Twin 提供的场景吗？</translation>
    </message>
    <message>
        <source>&apos;{file}&apos; would do the following.</source>
        <translation>“{file}”将会做以下事情。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>The scenario &apos;{file}&apos; was not run.</source>
        <translation>场景“{file}”未运行。</translation>
    </message>
    <message>
        <source>OUTPUT_FOLDER is empty: choose a new or an empty folder, or a file for MODEL.</source>
        <translation>OUTPUT_FOLDER 为空：请选择新的或空的文件夹，或为 MODEL 选择文件。</translation>
    </message>
    <message>
        <source>{n} of {all} checks hold.</source>
        <translation>{all} 项检查中有 {n} 项成立。</translation>
    </message>
    <message>
        <source>Give the id of a scenario in SCENARIO, or a document in SCENARIO_FILE.</source>
        <translation>请在 SCENARIO 中给出场景编号，或在 SCENARIO_FILE 中给出文档。</translation>
    </message>
    <message>
        <source>The scenario &apos;{file}&apos; did not ship with City Twin: read in the log what it reads, runs and writes, and set CONFIRM to run it.</source>
        <translation>场景“{file}”不随 City Twin 提供：请在日志中查看它读取、运行和写出什么，并设置 CONFIRM 以运行。</translation>
    </message>
    <message>
        <source>{name} must have a name and a value in each row.</source>
        <translation>{name} 的每一行都必须有名称和值。</translation>
    </message>
    <message>
        <source>{name} has &apos;{twice}&apos; twice: remove one.</source>
        <translation>{name} 中“{twice}”出现两次：请删除一个。</translation>
    </message>
    <message>
        <source>DATA: &apos;{value}&apos; is neither a file nor a layer of the project.</source>
        <translation>DATA：“{value}”既不是文件，也不是工程中的图层。</translation>
    </message>
    <message>
        <source>The layer &apos;{layer}&apos; lies in no file: export it to a file first.</source>
        <translation>图层“{layer}”不在文件中：请先导出为文件。</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>The project is not saved yet: results are kept until QGIS closes. Save it first, and they stay beside it.</source>
        <translation>工程尚未保存：结果只保留到 QGIS 关闭为止。请先保存工程，结果将存放在工程旁边。</translation>
    </message>
</context>
<context>
    <name>SearchServices</name>
    <message>
        <source>Search data services</source>
        <translation>检索数据服务</translation>
    </message>
    <message>
        <source>&lt;p&gt;Finds services in a catalogue by words, subdivision of the city's taxonomy, place, time, protocol and state, without network requests. The result is a layer of the services' extents with all fields of their records; use its field id as SERVICE of 'Query a service'.&lt;/p&gt;&lt;p&gt;All conditions must hold. Each word must be part of title, description, keywords or layer name; case does not count, and 南山 finds 南山区.&lt;/p&gt;</source>
        <translation>&lt;p&gt;按关键词、城市数据分类体系的小类、位置、时间、协议和状态在目录中检索服务，不访问网络。结果为服务范围图层，含目录中的全部信息；其字段 id 供“查询服务”使用。&lt;/p&gt;&lt;p&gt;给出的条件须全部满足。每个词须出现在标题、描述、关键词或图层名中；不区分大小写，“南山”可检索到“南山区”。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Words that must all be in a service&apos;s record, in any language.</source>
        <translation>服务记录中须全部出现的词，语言不限。</translation>
    </message>
    <message>
        <source>Subdivisions</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>Only services whose extent touches this one; those without an extent are left out.</source>
        <translation>仅取与该范围相接的服务；未注明范围的服务除外。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Only services with data of that day or interval, such as 2024-06-01 or 2024-06-01/.. (from then on); those of unknown time are kept.</source>
        <translation>仅取含该日期或时段数据的服务，例如 2024-06-01 或 2024-06-01/..（自该日起）；时间未知的服务予以保留。</translation>
    </message>
    <message>
        <source>Only services of these protocols; empty for all.</source>
        <translation>仅取这些协议的服务；空：全部。</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Only services that are online</source>
        <translation>仅可用的服务</translation>
    </message>
    <message>
        <source>Only services that answered the last check, even if slowly.</source>
        <translation>仅取上次检查时有响应的服务，包括响应慢的服务。</translation>
    </message>
    <message>
        <source>Also withdrawn services</source>
        <translation>包括已下线的服务</translation>
    </message>
    <message>
        <source>Also services that their source no longer offers.</source>
        <translation>包括来源已不再提供的服务。</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>数量上限</translation>
    </message>
    <message>
        <source>The most services to list, in the order of their titles; 0 for all.</source>
        <translation>按标题排序最多列出的服务数；0：全部。</translation>
    </message>
    <message>
        <source>Data services</source>
        <translation>数据服务</translation>
    </message>
    <message>
        <source>A layer of extents with the fields of the catalogue.</source>
        <translation>服务范围图层，含目录的各字段。</translation>
    </message>
    <message>
        <source>Services found</source>
        <translation>检索到的服务数</translation>
    </message>
    <message>
        <source>{n} services match; {written} are in the layer.</source>
        <translation>检索到 {n} 个服务；图层中有 {written} 个。</translation>
    </message>
    <message>
        <source>Codes such as C07 (waterlogging); a letter is a whole category. Empty for all.</source>
        <translation>小类代码，例如 C07（水文内涝监测）；单个字母表示整个大类。空：全部。</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>The building in section: floors with their levels on the left, sills of openings on the right, the ground and, where a result is chosen, the highest water.</source>
        <translation>建筑剖面：左侧为各楼层及标高，右侧为洞口门槛标高，并显示地面；选择结果后显示最高水位。</translation>
    </message>
    <message>
        <source>Section of the building</source>
        <translation>建筑剖面</translation>
    </message>
    <message>
        <source>{n} more storeys, up to {roof} m</source>
        <translation>另有 {n} 层，至 {roof} m</translation>
    </message>
    <message>
        <source>{n} more above</source>
        <translation>上方另有 {n} 个</translation>
    </message>
    <message>
        <source>{level} water</source>
        <translation>{level} 水位</translation>
    </message>
</context>
<context>
    <name>SensorChart</name>
    <message>
        <source>What the sensor measured during the last day.</source>
        <translation>传感器最近一天的观测值。</translation>
    </message>
    <message>
        <source>No values during the last day.</source>
        <translation>最近一天没有观测值。</translation>
    </message>
    <message>
        <source>{title}: {value} {unit} at {time}</source>
        <translation>{title}：{time} {value} {unit}</translation>
    </message>
</context>
<context>
    <name>SensorLayer</name>
    <message>
        <source>Alarm</source>
        <translation>报警</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>No value</source>
        <translation>无观测值</translation>
    </message>
</context>
<context>
    <name>ServiceCard</name>
    <message>
        <source>The service&apos;s legend.</source>
        <translation>服务的图例。</translation>
    </message>
    <message>
        <source>The first rows as the service sends them, with all its fields.</source>
        <translation>服务返回的前几行，含全部字段。</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>Fields and first rows</source>
        <translation>字段与前几行</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Unfold to ask the service.</source>
        <translation>展开后向服务请求。</translation>
    </message>
    <message>
        <source>★ Favourite</source>
        <translation>★ 收藏</translation>
    </message>
    <message>
        <source>☆ Favourite</source>
        <translation>☆ 收藏</translation>
    </message>
    <message>
        <source>Zoom to extent</source>
        <translation>缩放至范围</translation>
    </message>
    <message>
        <source>Show the service&apos;s extent on the map.</source>
        <translation>在地图上显示服务的范围。</translation>
    </message>
    <message>
        <source>Query…</source>
        <translation>查询…</translation>
    </message>
    <message>
        <source>Fetch a part of its features: by extent, filter and time.</source>
        <translation>按范围、过滤条件和时间获取部分要素。</translation>
    </message>
    <message>
        <source>Save offline</source>
        <translation>离线保存</translation>
    </message>
    <message>
        <source>Fetch what lies in the map&apos;s extent into a file, for work without network.</source>
        <translation>将地图范围内的数据存为文件，供离线使用。</translation>
    </message>
    <message>
        <source>Watch…</source>
        <translation>监视…</translation>
    </message>
    <message>
        <source>Keep the latest values on the map, with a chart of the last day.</source>
        <translation>在地图上持续显示最新值，并显示最近一天的过程线。</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Edit record…</source>
        <translation>编辑记录…</translation>
    </message>
    <message>
        <source>{name} (guessed, {percent} % sure)</source>
        <translation>{name}（推断，可信度 {percent}%）</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>CRS</source>
        <translation>CRS</translation>
    </message>
    <message>
        <source>Coordinate shift</source>
        <translation>坐标偏移</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>最近采集</translation>
    </message>
    <message>
        <source>Last checked</source>
        <translation>最近检查</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>人工编辑</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>{n} fields, {rows} rows.</source>
        <translation>{n} 个字段，{rows} 行。</translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation>正在请求服务…</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新周期</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Mark the service with a star, or remove the star.</source>
        <translation>为该服务加星标，或取消星标。</translation>
    </message>
    <message>
        <source>Check whether the service answers.</source>
        <translation>检查该服务是否有响应。</translation>
    </message>
    <message>
        <source>Correct title, subdivision and more; later harvests keep your changes.</source>
        <translation>更正标题、小类等；以后的采集会保留您的更改。</translation>
    </message>
    <message>
        <source>Its source has not offered it since {time}.</source>
        <translation>自 {time} 起，来源不再提供该服务。</translation>
    </message>
    <message>
        <source>This record is synthetic, for demonstration: no service stands behind it.</source>
        <translation>该记录是用于演示的虚构记录：背后没有实际服务。</translation>
    </message>
</context>
<context>
    <name>ServiceFilters</name>
    <message>
        <source>Search services</source>
        <translation>检索服务</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>地图范围内</translation>
    </message>
    <message>
        <source>Only services that answered the last check, even if slowly.</source>
        <translation>仅取上次检查时有响应的服务，包括响应慢的服务。</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Only services with your star.</source>
        <translation>仅显示已收藏的服务。</translation>
    </message>
    <message>
        <source>Also services that their source no longer offers.</source>
        <translation>包括来源已不再提供的服务。</translation>
    </message>
    <message>
        <source>All protocols</source>
        <translation>全部协议</translation>
    </message>
    <message>
        <source>Services with data from this day on.</source>
        <translation>含该日及以后数据的服务。</translation>
    </message>
    <message>
        <source>Services with data up to this day.</source>
        <translation>含该日及以前数据的服务。</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>From</source>
        <translation>自</translation>
    </message>
    <message>
        <source>To</source>
        <translation>至</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选条件</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>不限时间</translation>
    </message>
    <message>
        <source>All words must occur in title, description, keywords or layer; 南山 also finds 南山区.</source>
        <translation>所有词都须出现在标题、描述、关键词或图层中；输入“南山”也能找到“南山区”。</translation>
    </message>
    <message>
        <source>Only services with data in the map&apos;s extent; services without an extent are left out.</source>
        <translation>仅显示在地图范围内有数据的服务；未注明范围的服务除外。</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Also withdrawn services</source>
        <translation>包括已撤销的服务</translation>
    </message>
    <message>
        <source>Only services of this protocol.</source>
        <translation>仅显示采用该协议的服务。</translation>
    </message>
</context>
<context>
    <name>ServiceSearch</name>
    <message>
        <source>Subdivisions</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>{n} services</source>
        <translation>{n} 个服务</translation>
    </message>
    <message>
        <source>{n} service</source>
        <translation>{n} 个服务</translation>
    </message>
    <message>
        <source>No service matches: take out a word or a filter.</source>
        <translation>没有匹配的服务：请去掉一个词或一项筛选。</translation>
    </message>
    <message>
        <source>The catalogue is empty: connect a source below.</source>
        <translation>目录为空：请在下方连接来源。</translation>
    </message>
</context>
<context>
    <name>ServiceSources</name>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Catalogue of services</source>
        <translation>服务目录</translation>
    </message>
    <message>
        <source>Connect and read</source>
        <translation>连接并采集</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>全部检查</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Catalogue (file)</source>
        <translation>目录（文件）</translation>
    </message>
    <message>
        <source>Or a PostGIS connection</source>
        <translation>或 PostGIS 连接</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>模式 (schema)</translation>
    </message>
    <message>
        <source>The schema of the catalogue in that database.</source>
        <translation>该数据库中目录所在的模式。</translation>
    </message>
    <message>
        <source>Connect a source</source>
        <translation>连接来源</translation>
    </message>
    <message>
        <source>Address of a server or catalogue of any kind, a folder of GIS files, or the name of a PostgreSQL connection.</source>
        <translation>任意类型的服务器或目录服务的地址、GIS 文件夹，或 PostgreSQL 连接的名称。</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证</translation>
    </message>
    <message>
        <source>Read what the source offers into the catalogue.</source>
        <translation>将来源提供的服务采集到目录。</translation>
    </message>
    <message>
        <source>Write the catalogue as OGC API Records or CSV.</source>
        <translation>将目录导出为 OGC API Records 或 CSV。</translation>
    </message>
    <message>
        <source>[none: the file]</source>
        <translation>[无：使用文件]</translation>
    </message>
    <message>
        <source>Check whether every service of the catalogue answers.</source>
        <translation>检查目录中的每项服务是否有响应。</translation>
    </message>
    <message>
        <source>Read records from a file: OGC API Records or CSV.</source>
        <translation>从文件读取记录：OGC API Records 或 CSV。</translation>
    </message>
    <message>
        <source>The GeoPackage with the services; a new name creates a new one.</source>
        <translation>存放服务目录的 GeoPackage；填写新名称则新建。</translation>
    </message>
    <message>
        <source>A PostgreSQL connection of QGIS to a shared catalogue.</source>
        <translation>QGIS 中的 PostgreSQL 连接，存放多人共用的目录。</translation>
    </message>
    <message>
        <source>Authentication for the source; the catalogue stores only its name.</source>
        <translation>访问该来源所用的认证；目录只保存其名称。</translation>
    </message>
</context>
<context>
    <name>ServiceTree</name>
    <message>
        <source>Subdivisions</source>
        <translation>小类</translation>
    </message>
    <message>
        <source>No subdivision</source>
        <translation>无小类</translation>
    </message>
    <message>
        <source>Choose subdivisions, several with Ctrl; Escape shows all. Numbers count the matching services.</source>
        <translation>选择小类，按住 Ctrl 可多选；按 Esc 显示全部。数字为符合条件的服务数。</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>slow</source>
        <translation>响应慢</translation>
    </message>
    <message>
        <source>denies access</source>
        <translation>拒绝访问</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Services found</source>
        <translation>检索到的服务数</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>withdrawn by its source</source>
        <translation>已被来源撤销</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>虚构</translation>
    </message>
    <message>
        <source>Select a service to see its card; double-click or Enter adds it to the map.</source>
        <translation>选择服务以查看详情；双击或按 Enter 添加到地图。</translation>
    </message>
</context>
<context>
    <name>ServicesAlgorithm</name>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>A GeoPackage: an existing catalogue, or the name of a new one. Other tables do not change.</source>
        <translation>GeoPackage：已有的目录，或新目录的名称。其中的其他表保持不变。</translation>
    </message>
    <message>
        <source>A GeoPackage with a catalogue of services.</source>
        <translation>存放服务目录的 GeoPackage。</translation>
    </message>
    <message>
        <source>The schema of the catalogue in that database.</source>
        <translation>该数据库中目录所在的模式。</translation>
    </message>
    <message>
        <source>The extent in {name} is not on Earth: check its CRS.</source>
        <translation>{name} 中的范围不在地球上：请检查其 CRS。</translation>
    </message>
    <message>
        <source>{name} holds a password or token: remove it and choose an authentication configuration of QGIS.</source>
        <translation>{name} 中含密码或令牌：请将其去除，并选择 QGIS 认证配置。</translation>
    </message>
    <message>
        <source>SERVICE is empty: enter the id or the title of a service of the catalogue.</source>
        <translation>SERVICE 为空：请填写目录中服务的 id 或标题。</translation>
    </message>
    <message>
        <source>{count} services are titled &apos;{title}&apos;: enter the id of one, such as &apos;{id}&apos;.</source>
        <translation>有 {count} 个服务的标题为“{title}”：请填写其中一个的 id，例如“{id}”。</translation>
    </message>
    <message>
        <source>The catalogue has no service with the id or title &apos;{text}&apos;: search for it with &apos;Search data services&apos;.</source>
        <translation>目录中没有 id 或标题为“{text}”的服务：请用“检索数据服务”查找。</translation>
    </message>
    <message>
        <source>And {n} more of these.</source>
        <translation>另有 {n} 条类似情况。</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
</context>
<context>
    <name>ServicesDock</name>
    <message>
        <source>Catalogue and sources</source>
        <translation>目录与来源</translation>
    </message>
    <message>
        <source>Choose a service first</source>
        <translation>请先选择服务</translation>
    </message>
    <message>
        <source>Add to the map</source>
        <translation>添加到地图</translation>
    </message>
    <message>
        <source>Check that the service answers, then add it to the map as a layer.</source>
        <translation>确认服务有响应，然后将其作为图层添加到地图。</translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation>正在请求服务…</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>数据服务</translation>
    </message>
</context>
<context>
    <name>ServicesWork</name>
    <message>
        <source>Edit &apos;{title}&apos;</source>
        <translation>编辑“{title}”</translation>
    </message>
    <message>
        <source>Connect a source</source>
        <translation>连接来源</translation>
    </message>
    <message>
        <source>State of services</source>
        <translation>服务状态</translation>
    </message>
    <message>
        <source>Enter the address of a server or catalogue, a folder, or a connection.</source>
        <translation>请填写服务器或目录的地址、文件夹，或连接名称。</translation>
    </message>
    <message>
        <source>{added} services added, {changed} changed, {gone} no longer offered.</source>
        <translation>新增 {added} 项服务，更改 {changed} 项，{gone} 项不再提供。</translation>
    </message>
    <message>
        <source>{alive} online, {slow} slow, {denied} deny access, {dead} offline.</source>
        <translation>{alive} 项在线，{slow} 项缓慢，{denied} 项拒绝访问，{dead} 项离线。</translation>
    </message>
    <message>
        <source>The source that you connect is to be read with it.</source>
        <translation>将用它读取您所连接的来源。</translation>
    </message>
</context>
<context>
    <name>ShippedModel</name>
    <message>
        <source>Storm to buildings</source>
        <translation>从暴雨到建筑</translation>
    </message>
    <message>
        <source>Service to buffers</source>
        <translation>从服务到缓冲区</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Models read</source>
        <translation>已读取的模型</translation>
    </message>
    <message>
        <source>Storm</source>
        <translation>暴雨</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Maximum water level</source>
        <translation>最高水位</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>Arrival time</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Time under water</source>
        <translation>淹没历时</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>Services found</source>
        <translation>检索到的服务</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>要素</translation>
    </message>
    <message>
        <source>Buffers</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Chains</source>
        <translation>流程模型</translation>
    </message>
    <message>
        <source>Reads the BIM models of a folder, computes a design storm, simulates the flood on the terrain, and shows for each building which opening the water reaches, when, and how deep. It runs &apos;Load BIM models&apos;, &apos;Design storm&apos;, &apos;Simulate flood&apos; and &apos;Building risk&apos; one after the other; each can also be run alone, with more options.</source>
        <translation>读取文件夹中的 BIM 模型，生成设计暴雨，在地形上模拟内涝，并判断积水到达每栋建筑的哪个洞口、何时到达、水深多少。依次运行“加载 BIM 模型”“设计暴雨”“内涝模拟”和“建筑风险”；各步骤也可单独运行，选项更多。</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Folder of IFC models; folders in it are searched too.</source>
        <translation>存放 IFC 模型的文件夹；其子文件夹也会搜索。</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Terrain in a projected CRS in metres, without the buildings.</source>
        <translation>采用投影 CRS、单位为米的地形，不含建筑。</translation>
    </message>
    <message>
        <source>Rainfall zone</source>
        <translation>暴雨分区</translation>
    </message>
    <message>
        <source>Zone of Shenzhen&apos;s rainfall formulas of 2024.</source>
        <translation>深圳市 2024 年暴雨强度公式的分区。</translation>
    </message>
    <message>
        <source>Return period (years)</source>
        <translation>重现期（年）</translation>
    </message>
    <message>
        <source>1, 2, 3, 5, 10, 20, 30, 50 or 100.</source>
        <translation>1、2、3、5、10、20、30、50 或 100。</translation>
    </message>
    <message>
        <source>Duration of the storm (min)</source>
        <translation>暴雨历时 (min)</translation>
    </message>
    <message>
        <source>5 to 180 minutes, where the published formulas hold.</source>
        <translation>5 至 180 min，即公布的公式的适用范围。</translation>
    </message>
    <message>
        <source>Cell size (m)</source>
        <translation>网格尺寸 (m)</translation>
    </message>
    <message>
        <source>Edge of a cell of the simulation; by default that of the terrain.</source>
        <translation>模拟网格单元的边长；默认与地形一致。</translation>
    </message>
    <message>
        <source>Roughness (Manning&apos;s n)</source>
        <translation>糙率（曼宁系数 n）</translation>
    </message>
    <message>
        <source>Manning&apos;s n as a raster; without it one value everywhere.</source>
        <translation>曼宁系数 n 栅格；未提供时各处取同一值。</translation>
    </message>
    <message>
        <source>CRS of the buildings</source>
        <translation>建筑图层的 CRS</translation>
    </message>
    <message>
        <source>By default the projected CRS that most models name.</source>
        <translation>默认为多数模型所注明的投影 CRS。</translation>
    </message>
    <message>
        <source>When the water arrives, minutes after the start.</source>
        <translation>积水到达时间，自模拟开始起的分钟数。</translation>
    </message>
    <message>
        <source>Maximum depth, m.</source>
        <translation>最大水深，m。</translation>
    </message>
    <message>
        <source>How long it stays, minutes.</source>
        <translation>淹没历时，min。</translation>
    </message>
    <message>
        <source>Hazard H1 to H6 (AIDR 2017).</source>
        <translation>危险等级 H1 至 H6 (AIDR 2017)。</translation>
    </message>
    <message>
        <source>Maximum water level, m.</source>
        <translation>最高水位，m。</translation>
    </message>
    <message>
        <source>Depth and velocity over time, as a mesh that animates.</source>
        <translation>水深和流速的变化过程，可播放动画的网格 (Mesh)。</translation>
    </message>
    <message>
        <source>The numbers of the run, with its mass balance.</source>
        <translation>本次运行的各项数值及水量平衡。</translation>
    </message>
    <message>
        <source>Maximum velocity, m/s.</source>
        <translation>最大流速，m/s。</translation>
    </message>
    <message>
        <source>Footprints with levels and areas.</source>
        <translation>建筑基底轮廓，含标高和面积。</translation>
    </message>
    <message>
        <source>Doors, windows and ramps with their sills.</source>
        <translation>门、窗和坡道及其门槛标高。</translation>
    </message>
    <message>
        <source>A row for every model file: what was read, or the reason why not.</source>
        <translation>每个模型文件一行：读取内容或未能读取的原因。</translation>
    </message>
    <message>
        <source>Storeys with their levels.</source>
        <translation>楼层及其标高。</translation>
    </message>
    <message>
        <source>Buildings with risk class, depth, time of ingress and the reason.</source>
        <translation>建筑的风险等级、水深、进水时间和原因。</translation>
    </message>
    <message>
        <source>The rain, step by step.</source>
        <translation>逐时段降雨。</translation>
    </message>
    <message>
        <source>Finds a service in a catalogue by words, queries its features in an extent and with a filter, and creates a buffer around each. It runs &apos;Search data services&apos;, &apos;Query a service&apos; and QGIS&apos;s &apos;Buffer&apos; one after the other. If several services match, the first by title is queried.</source>
        <translation>按关键词在目录中查找服务，按范围和过滤条件查询其要素，并生成各要素的缓冲区。依次运行“检索数据服务”“查询服务”和 QGIS 的“缓冲区”。有多个符合的服务时，取标题排序的第一个。</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>A catalogue of services, as &apos;Harvest services&apos; writes it.</source>
        <translation>服务目录，由“采集服务”写出。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Words that must all be in the service&apos;s record.</source>
        <translation>服务记录中须全部出现的词。</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Only services of these protocols; empty for all.</source>
        <translation>仅取这些协议的服务；空：全部。</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Only features in or touching this extent; empty for all.</source>
        <translation>仅取位于该范围内或与其相接的要素；空：全部。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>过滤条件</translation>
    </message>
    <message>
        <source>In CQL2 text, such as level &gt; 2; empty for all.</source>
        <translation>CQL2 文本，例如 level &gt; 2；空：全部。</translation>
    </message>
    <message>
        <source>Distance (m)</source>
        <translation>距离 (m)</translation>
    </message>
    <message>
        <source>From each feature to the edge of its buffer.</source>
        <translation>各要素至其缓冲区边界的距离。</translation>
    </message>
    <message>
        <source>CRS of the buffers</source>
        <translation>缓冲区的 CRS</translation>
    </message>
    <message>
        <source>A projected CRS in metres, in which the distance is measured.</source>
        <translation>计算距离所用的投影 CRS，单位为米。</translation>
    </message>
    <message>
        <source>The features of the first service.</source>
        <translation>第一个服务返回的要素。</translation>
    </message>
    <message>
        <source>The services that match, by title.</source>
        <translation>符合条件的服务，按标题排序。</translation>
    </message>
    <message>
        <source>The buffer of each feature.</source>
        <translation>各要素的缓冲区。</translation>
    </message>
    <message>
        <source>Storm to footprints</source>
        <translation>从暴雨到建筑轮廓</translation>
    </message>
    <message>
        <source>Computes a design storm, simulates the flood on the terrain with the footprints as obstacles, and shows for each footprint how deep the water stands beside it and whether it enters. It needs no BIM models and runs &apos;Design storm&apos;, &apos;Simulate flood&apos; and &apos;Building risk&apos; one after the other; each can also be run alone, with more options.</source>
        <translation>计算设计暴雨，以基底轮廓为障碍物在地形上模拟内涝，并给出每个轮廓旁的水深以及是否进水。无需 BIM 模型，依次运行“设计暴雨”“内涝模拟”和“建筑风险”；各步骤也可单独运行，选项更多。</translation>
    </message>
    <message>
        <source>Footprints</source>
        <translation>基底轮廓</translation>
    </message>
    <message>
        <source>Polygons in any CRS; fields that help: ground_floor_elev_m, storeys_below, use, people.</source>
        <translation>任意坐标系的面；有用的字段：ground_floor_elev_m、storeys_below、use、people。</translation>
    </message>
    <message>
        <source>Zone of Shenzhen&apos;s rainfall formulas of 2024, or custom for the formula of another city.</source>
        <translation>深圳 2024 年暴雨强度公式的分区，其他城市选 custom 并填入其公式。</translation>
    </message>
    <message>
        <source>For the zone custom: of q = A (1 + C lg P) / (t + b)^n, the formula of your city.</source>
        <translation>分区为 custom 时使用：所在城市暴雨强度公式 q = A (1 + C lg P) / (t + b)^n 的参数。</translation>
    </message>
    <message>
        <source>A (L/(s·ha))</source>
        <translation>A (L/(s·ha))</translation>
    </message>
    <message>
        <source>b (min)</source>
        <translation>b (min)</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Flood of the lowest level over time</source>
        <translation>最低等级的内涝过程</translation>
    </message>
    <message>
        <source>Flood of the middle level over time</source>
        <translation>中间等级的内涝过程</translation>
    </message>
    <message>
        <source>Flood of the highest level over time</source>
        <translation>最高等级的内涝过程</translation>
    </message>
    <message>
        <source>Building risk of the lowest level</source>
        <translation>最低等级的建筑风险</translation>
    </message>
    <message>
        <source>Building risk of the middle level</source>
        <translation>中间等级的建筑风险</translation>
    </message>
    <message>
        <source>Building risk of the highest level</source>
        <translation>最高等级的建筑风险</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>预案</translation>
    </message>
    <message>
        <source>Plan to print</source>
        <translation>打印版预案</translation>
    </message>
    <message>
        <source>Closed roads</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>疏散路线</translation>
    </message>
    <message>
        <source>Blocks of people</source>
        <translation>疏散单元</translation>
    </message>
    <message>
        <source>Shelters used</source>
        <translation>启用的避难场所</translation>
    </message>
    <message>
        <source>Storm to plan</source>
        <translation>从暴雨到预案</translation>
    </message>
    <message>
        <source>Makes a contingency plan for three warning levels: for each it computes a design storm, simulates the flood and shows which footprints the water enters; then it finds the roads to close, the shelters and the routes to them. It runs &apos;Design storm&apos;, &apos;Simulate flood&apos; and &apos;Building risk&apos; three times and &apos;Contingency plan&apos; once; each can also be run alone, with more options.</source>
        <translation>为三个预警等级编制应急预案：对每个等级计算设计暴雨、模拟内涝并显示水进入哪些建筑；然后确定需封闭的道路、避难场所和前往路线。它依次运行三次“设计暴雨”“模拟内涝”和“建筑风险”以及一次“应急预案”；各算法也可单独运行，选项更多。</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Shelters</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Places that take people, with a field capacity.</source>
        <translation>接收人员的场所，含字段 capacity。</translation>
    </message>
    <message>
        <source>Return period of the lowest level (years)</source>
        <translation>最低等级的重现期（年）</translation>
    </message>
    <message>
        <source>Return period of the middle level (years)</source>
        <translation>中间等级的重现期（年）</translation>
    </message>
    <message>
        <source>Return period of the highest level (years)</source>
        <translation>最高等级的重现期（年）</translation>
    </message>
    <message>
        <source>Warning levels</source>
        <translation>预警等级</translation>
    </message>
    <message>
        <source>Ids of three warning levels, from the lowest.</source>
        <translation>三个预警等级的 id，从最低等级起。</translation>
    </message>
    <message>
        <source>The roads that the water closes, by level.</source>
        <translation>各等级因积水封闭的道路。</translation>
    </message>
    <message>
        <source>The way of each block of people to its shelter.</source>
        <translation>各疏散单元前往避难场所的路线。</translation>
    </message>
    <message>
        <source>Who must leave: shelter, last safe departure, people without a place.</source>
        <translation>必须撤离的人员：避难场所、最晚安全出发时刻、无处安置的人数。</translation>
    </message>
    <message>
        <source>All shelters by level: people, and why one is left out.</source>
        <translation>各等级的全部避难场所：人数，以及不使用的原因。</translation>
    </message>
    <message>
        <source>They meet where they share a vertex; fields that help: name, speed_km_h or maxspeed, oneway, is_bridge.</source>
        <translation>道路在共用顶点处相连；有用的字段：name、speed_km_h 或 maxspeed、oneway、is_bridge。</translation>
    </message>
    <message>
        <source>The whole plan: JSON in UTF-8, for PREVIOUS of a later run and for other programs.</source>
        <translation>完整的预案：UTF-8 编码的 JSON，供以后运行的 PREVIOUS 和其他程序使用。</translation>
    </message>
    <message>
        <source>The plan with maps, tables, check-lists and time lines on A4 pages, with its sources.</source>
        <translation>含地图、表格、任务清单和时间线的 A4 页面预案，并附数据来源。</translation>
    </message>
    <message>
        <source>Plan as a page</source>
        <translation>预案网页</translation>
    </message>
    <message>
        <source>Time line</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Districts</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Polygons of districts or blocks, for sums and a page of each.</source>
        <translation>片区或街区的多边形，用于汇总，每个片区一页。</translation>
    </message>
    <message>
        <source>Critical assets</source>
        <translation>重要设施</translation>
    </message>
    <message>
        <source>Substations, pumps and the like; fields that help: asset_id, kind, name, threshold_elev_m.</source>
        <translation>变电站、泵站等；有用的字段：asset_id、kind、name、threshold_elev_m。</translation>
    </message>
    <message>
        <source>The same as one file for a browser, which works without a network.</source>
        <translation>同样内容的单个浏览器文件，无需网络即可使用。</translation>
    </message>
    <message>
        <source>The time line as points with times, for QGIS&apos;s temporal controller.</source>
        <translation>以带时间的点表示的时间线，供 QGIS 时态控制器使用。</translation>
    </message>
</context>
<context>
    <name>ShownRun</name>
    <message>
        <source>The maximum depth of this flood is missing</source>
        <translation>缺少这次内涝的最大水深</translation>
    </message>
    <message>
        <source>The flood over time is missing</source>
        <translation>缺少内涝过程</translation>
    </message>
    <message>
        <source>{what}: its file was deleted or never written. Simulate again with the output {output}.</source>
        <translation>{what}：文件已被删除或从未写出。请重新模拟并输出 {output}。</translation>
    </message>
</context>
<context>
    <name>SimulateFlood</name>
    <message>
        <source>Simulate flood</source>
        <translation>内涝模拟</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>The area to simulate; empty: all of the terrain.</source>
        <translation>模拟范围；空：整个地形。</translation>
    </message>
    <message>
        <source>Cell size (m)</source>
        <translation>网格尺寸 (m)</translation>
    </message>
    <message>
        <source>Empty: the terrain&apos;s own.</source>
        <translation>空：与地形一致。</translation>
    </message>
    <message>
        <source>Footprints that block the water: any polygon layer, in any CRS.</source>
        <translation>阻水的建筑基底轮廓：任意面图层，CRS 不限。</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Buildings as</source>
        <translation>建筑处理方式</translation>
    </message>
    <message>
        <source>Rain</source>
        <translation>降雨</translation>
    </message>
    <message>
        <source>Even rain (mm)</source>
        <translation>均匀降雨 (mm)</translation>
    </message>
    <message>
        <source>Simulated time; empty: 60 min longer than the rain.</source>
        <translation>模拟时长；空：降雨历时加 60 min。</translation>
    </message>
    <message>
        <source>Duration (min)</source>
        <translation>模拟时长 (min)</translation>
    </message>
    <message>
        <source>Roughness n (s/m^1/3)</source>
        <translation>糙率 n (s/m^1/3)</translation>
    </message>
    <message>
        <source>Manning&apos;s n of each cell, in any CRS.</source>
        <translation>各单元的曼宁系数 n，CRS 不限。</translation>
    </message>
    <message>
        <source>Roughness raster</source>
        <translation>糙率栅格</translation>
    </message>
    <message>
        <source>Rate at which the ground takes up water while it is wet; buildings take up none.</source>
        <translation>地面有水时的下渗量；建筑不下渗。</translation>
    </message>
    <message>
        <source>Infiltration (mm/h)</source>
        <translation>下渗 (mm/h)</translation>
    </message>
    <message>
        <source>Rate at which drains remove water everywhere while it is wet; buildings have no drains.</source>
        <translation>各处有水时管网的排水量；建筑不计排水。</translation>
    </message>
    <message>
        <source>Drain capacity (mm/h)</source>
        <translation>排水能力 (mm/h)</translation>
    </message>
    <message>
        <source>Polygons into which water flows; the field flow_m3s has the constant discharge in m³/s.</source>
        <translation>入流面；字段 flow_m3s 为各面的恒定流量，单位 m³/s。</translation>
    </message>
    <message>
        <source>Inflows</source>
        <translation>入流</translation>
    </message>
    <message>
        <source>north</source>
        <translation>北</translation>
    </message>
    <message>
        <source>east</source>
        <translation>东</translation>
    </message>
    <message>
        <source>south</source>
        <translation>南</translation>
    </message>
    <message>
        <source>west</source>
        <translation>西</translation>
    </message>
    <message>
        <source>Edge in the {side}</source>
        <translation>{side}边界</translation>
    </message>
    <message>
        <source>Level in the {side} (m)</source>
        <translation>{side}边界水位 (m)</translation>
    </message>
    <message>
        <source>For level: metres above the terrain&apos;s datum.</source>
        <translation>用于 level：相对地形高程基准的水位。</translation>
    </message>
    <message>
        <source>Time between the frames of RESULT.</source>
        <translation>RESULT 各帧之间的时间间隔。</translation>
    </message>
    <message>
        <source>Output step (min)</source>
        <translation>输出步长 (min)</translation>
    </message>
    <message>
        <source>Wet from (m)</source>
        <translation>淹没起算水深 (m)</translation>
    </message>
    <message>
        <source>Depth from which a cell counts as wet.</source>
        <translation>单元视为淹没的起始水深。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Maximum depth</source>
        <translation>最大水深</translation>
    </message>
    <message>
        <source>Maximum water level</source>
        <translation>最高水位</translation>
    </message>
    <message>
        <source>Maximum velocity</source>
        <translation>最大流速</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>危险等级</translation>
    </message>
    <message>
        <source>Arrival time</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Time under water</source>
        <translation>淹没历时</translation>
    </message>
    <message>
        <source>Metres; 0 where dry.</source>
        <translation>单位米；无水处为 0。</translation>
    </message>
    <message>
        <source>Metres above the datum; no data where dry.</source>
        <translation>相对高程基准，单位米；无水处无数据。</translation>
    </message>
    <message>
        <source>m/s; 0 where dry.</source>
        <translation>m/s；无水处为 0。</translation>
    </message>
    <message>
        <source>AIDR class 1 to 6; 0 where dry.</source>
        <translation>AIDR 等级 1 至 6；无水处为 0。</translation>
    </message>
    <message>
        <source>Minutes from the start; no data where dry.</source>
        <translation>自模拟开始起的分钟数；无水处无数据。</translation>
    </message>
    <message>
        <source>Minutes at or above WET_DEPTH_M.</source>
        <translation>水深不小于 WET_DEPTH_M 的分钟数。</translation>
    </message>
    <message>
        <source>Flood over time</source>
        <translation>内涝过程</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Mass error, as a share of all water</source>
        <translation>水量平衡误差（占总水量的比例）</translation>
    </message>
    <message>
        <source>Area that was ever wet (m²)</source>
        <translation>淹没面积 (m²)</translation>
    </message>
    <message>
        <source>Most water at one time (m³)</source>
        <translation>最大积水量 (m³)</translation>
    </message>
    <message>
        <source>{steps} steps in {seconds} s, {speed} million cell updates a second; mass error {error}.</source>
        <translation>{seconds} s 内计算 {steps} 步，每秒更新 {speed} 百万单元；水量平衡误差 {error}。</translation>
    </message>
    <message>
        <source>Rows with time_min (end of the step) and depth_mm (its rain), as from &apos;Design storm&apos;.</source>
        <translation>各行含 time_min（时段末）和 depth_mm（时段雨量），如“设计暴雨”的输出。</translation>
    </message>
    <message>
        <source>Instead of RAIN: the total depth, evenly over DURATION_MIN (60 min when empty).</source>
        <translation>代替 RAIN：总雨量，在 DURATION_MIN 内均匀分配（该项为空时取 60 min）。</translation>
    </message>
    <message>
        <source>Manning&apos;s n where ROUGHNESS_RASTER has none: 0.02 asphalt, 0.03 mixed, 0.06 grass.</source>
        <translation>ROUGHNESS_RASTER 无值处的曼宁系数 n：沥青 0.02，混合地面 0.03，草地 0.06。</translation>
    </message>
    <message>
        <source>Settings, water balance (m³), maximum values and speed of the run, one key for each.</source>
        <translation>本次运行的设置、水量平衡 (m³)、最大值和计算速度，每项一个键。</translation>
    </message>
    <message>
        <source>&lt;p&gt;Simulates the flow of rain, inflows and fixed water levels over a terrain with buildings. The results are the maximum depth, level, velocity and hazard (AIDR H1 to H6) of each cell, the arrival time of the water and the time under water.&lt;/p&gt;&lt;p&gt;SCHEME chooses between the local inertial scheme, which is quick, and the shock-capturing one, which is right also where flow is supercritical: on steep streets and in dam breaks. The water balance is exact to rounding: see MASS_ERROR. SUMMARY names the scheme, the reason and the share of supercritical cells.&lt;/p&gt;</source>
        <translation>&lt;p&gt;模拟降雨、入流和固定水位在有建筑物的地形上的流动。结果为每个单元的最大水深、水位、流速和危险等级（AIDR H1 至 H6），以及水的到达时间和淹没时间。&lt;/p&gt;&lt;p&gt;SCHEME 选择计算格式：局部惯性格式计算快；激波捕捉格式在急流处（陡坡街道、溃坝）也正确。水量平衡精确到舍入误差：见 MASS_ERROR。SUMMARY 给出所用格式、原因和急流单元的比例。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>计算格式</translation>
    </message>
    <message>
        <source>Largest Froude number while the cell was wet; above 1 the flow was supercritical.</source>
        <translation>单元淹没期间的最大弗劳德数；大于 1 为急流。</translation>
    </message>
    <message>
        <source>Maximum Froude number</source>
        <translation>最大弗劳德数</translation>
    </message>
    <message>
        <source>Share of the time in which all of the cell&apos;s water left it or ran at the Froude cap.</source>
        <translation>单元内的水全部流出或流量达到弗劳德数上限的时间占比。</translation>
    </message>
    <message>
        <source>Time at a limit</source>
        <translation>受限时间占比</translation>
    </message>
    <message>
        <source>Number of time steps whose length this cell decided.</source>
        <translation>由该单元决定时间步长的步数。</translation>
    </message>
    <message>
        <source>Time steps decided</source>
        <translation>控制的时间步数</translation>
    </message>
    <message>
        <source>A row for each output step: rain, inflows, losses, and what passed each edge since the start (m³), what is stored, and the error.</source>
        <translation>每个输出步长一行：自开始以来的降雨、各入流、损失和通过各边界的水量（m³），以及蓄水量和误差。</translation>
    </message>
    <message>
        <source>Water balance</source>
        <translation>水量平衡</translation>
    </message>
    <message>
        <source>Depth, level, velocity and hazard over time, a mesh that QGIS animates.</source>
        <translation>水深、水位、流速和危险等级的变化过程，QGIS 可播放的网格。</translation>
    </message>
    <message>
        <source>inertial: quick, right where flow is slow; shockcapturing: right also on steep streets and where dams break, two to three times slower; auto: shockcapturing where a first look with wide cells finds more than 5 % of the wet cells supercritical, over the run or as an extent at one moment.</source>
        <translation>inertial：计算快，缓流处正确；shockcapturing：陡坡街道和溃坝处也正确，慢两到三倍；auto：先用粗网格试算，若全程急流单元超过淹没单元的 5 %，或某一时刻的急流范围超过最大淹没范围的 5 %，则采用 shockcapturing。</translation>
    </message>
    <message>
        <source>Ground levels in metres, in a projected CRS. Holes inside the data act as walls; the edges of the area are at its outermost cells with data.</source>
        <translation>以米为单位的地面高程，采用投影坐标系。数据内部的空洞视为墙；范围的边界位于最外侧有数据的网格。</translation>
    </message>
    <message>
        <source>The state at the end, from which another run can start: see START. About 10 bytes for each cell.</source>
        <translation>结束时的状态，另一次模拟可由此开始：见 START。每个单元约 10 字节。</translation>
    </message>
    <message>
        <source>State at the end</source>
        <translation>结束状态</translation>
    </message>
    <message>
        <source>State of a run (*.state)</source>
        <translation>模拟状态 (*.state)</translation>
    </message>
    <message>
        <source>State of a run (*.state);;All files (*.*)</source>
        <translation>模拟状态 (*.state);;所有文件 (*.*)</translation>
    </message>
    <message>
        <source>Start from the state</source>
        <translation>从状态开始</translation>
    </message>
    <message>
        <source>A file that STATE of another run on the same cells wrote: its water, its motion, and what drains, basements and the ground hold. Empty: a dry terrain.</source>
        <translation>由相同单元上另一次模拟的 STATE 写出的文件：其中的水、运动，以及排水管网、地下室和土壤中的水量。留空：干地形。</translation>
    </message>
    <message>
        <source>new: times in tables of rain, inflows and levels count from the start of this run, as of a new forecast; continue: they count from the start of the run of the state, as if it had not stopped.</source>
        <translation>new：降雨、入流和水位表中的时间从本次模拟开始起算，如同新的预报；continue：从状态所属模拟的开始起算，如同未曾停止。</translation>
    </message>
    <message>
        <source>Clock of a run from a state</source>
        <translation>从状态开始的时钟</translation>
    </message>
    <message>
        <source>Processor cores to use; 0: as many as the grid&apos;s size and the computer&apos;s load allow, tried again while the run goes on.</source>
        <translation>使用的处理器核数；0：按网格大小和计算机负载自动选择，并在运行中重新尝试。</translation>
    </message>
    <message>
        <source>constant: INFILTRATION_MM_H everywhere; greenampt: a wetting front, by soil; horton: a rate that falls while the ground takes water, by land cover; scs: curve numbers by soil and land cover. All but constant recover between storms.</source>
        <translation>constant：处处为 INFILTRATION_MM_H；greenampt：湿润锋，按土壤；horton：随下渗而衰减的速率，按土地覆盖；scs：曲线数，按土壤和土地覆盖。除 constant 外，两场雨之间均会恢复。</translation>
    </message>
    <message>
        <source>Infiltration method</source>
        <translation>下渗方法</translation>
    </message>
    <message>
        <source>Polygons with a texture in the field soil (loam, clay, 壤土 …) or with k_mm_h, psi_mm, porosity and group; or a raster of USDA texture classes, 1 (clay) to 12 (sand). Cells without one have SOIL_CLASS.</source>
        <translation>字段 soil 为质地（loam、clay、壤土……）的多边形，或带 k_mm_h、psi_mm、porosity 和 group 的多边形；或 USDA 质地分类栅格，1（黏土）至 12（砂土）。没有土壤的像元采用 SOIL_CLASS。</translation>
    </message>
    <message>
        <source>Soil</source>
        <translation>土壤</translation>
    </message>
    <message>
        <source>Polygons with a land cover in the field cover (lawn, pavement, 草地 …) or with impervious (0 to 1), cn, f0_mm_h, fc_mm_h, decay_1_h; or a raster of ESA WorldCover classes. Cells without one have the numbers below.</source>
        <translation>字段 cover 为土地覆盖（lawn、pavement、草地……）的多边形，或带 impervious（0 到 1）、cn、f0_mm_h、fc_mm_h、decay_1_h 的多边形；或 ESA WorldCover 分类栅格。没有土地覆盖的像元采用下面的数值。</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>土地覆盖</translation>
    </message>
    <message>
        <source>Soil where SOIL tells none, with the numbers of Rawls and others (1983).</source>
        <translation>SOIL 未给出时的土壤，数值取自 Rawls 等（1983）。</translation>
    </message>
    <message>
        <source>Usual soil</source>
        <translation>通常的土壤</translation>
    </message>
    <message>
        <source>greenampt: instead of that of SOIL_CLASS.</source>
        <translation>greenampt：代替 SOIL_CLASS 的数值。</translation>
    </message>
    <message>
        <source>Saturated conductivity (mm/h)</source>
        <translation>饱和渗透系数（mm/h）</translation>
    </message>
    <message>
        <source>Suction head of the wetting front (mm)</source>
        <translation>湿润锋吸力水头（mm）</translation>
    </message>
    <message>
        <source>Effective porosity (share of the volume)</source>
        <translation>有效孔隙率（体积比例）</translation>
    </message>
    <message>
        <source>greenampt: share of the pores without water at the start: 0 is saturated, 1 is dry ground.</source>
        <translation>greenampt：开始时未充水孔隙的比例：0 为饱和，1 为干土。</translation>
    </message>
    <message>
        <source>Empty pores at the start (share)</source>
        <translation>开始时未充水孔隙（比例）</translation>
    </message>
    <message>
        <source>greenampt and horton: share of the area that takes no water.</source>
        <translation>greenampt 和 horton：不下渗的面积比例。</translation>
    </message>
    <message>
        <source>Impervious area (%)</source>
        <translation>不透水面积（%）</translation>
    </message>
    <message>
        <source>scs: for average moisture (AMC II).</source>
        <translation>scs：平均湿度（AMC II）下的数值。</translation>
    </message>
    <message>
        <source>Curve number</source>
        <translation>曲线数（CN）</translation>
    </message>
    <message>
        <source>scs: after the rain of the last five days: I dry, II average, III wet.</source>
        <translation>scs：按前五天的降雨：I 干，II 平均，III 湿。</translation>
    </message>
    <message>
        <source>Antecedent moisture</source>
        <translation>前期湿度</translation>
    </message>
    <message>
        <source>horton: rate of dry ground.</source>
        <translation>horton：干地面的下渗率。</translation>
    </message>
    <message>
        <source>Initial capacity (mm/h)</source>
        <translation>初始下渗能力（mm/h）</translation>
    </message>
    <message>
        <source>horton: rate of wet ground.</source>
        <translation>horton：湿地面的下渗率。</translation>
    </message>
    <message>
        <source>Final capacity (mm/h)</source>
        <translation>稳定下渗能力（mm/h）</translation>
    </message>
    <message>
        <source>horton: how fast the initial becomes the final capacity.</source>
        <translation>horton：下渗能力由初始值降至稳定值的快慢。</translation>
    </message>
    <message>
        <source>Decay of the capacity (1/h)</source>
        <translation>下渗能力衰减系数（1/h）</translation>
    </message>
    <message>
        <source>horton and scs: days without water in which wet ground dries. greenampt takes it of the soil.</source>
        <translation>horton 和 scs：湿地面在无水时变干所需的天数。greenampt 由土壤决定。</translation>
    </message>
    <message>
        <source>Drying time (days)</source>
        <translation>干燥时间（天）</translation>
    </message>
    <message>
        <source>Millimetres over each cell; with INFILTRATION_METHOD other than constant.</source>
        <translation>每个像元上的毫米数；INFILTRATION_METHOD 不为 constant 时才有。</translation>
    </message>
    <message>
        <source>Water that the ground took</source>
        <translation>地面下渗的水量</translation>
    </message>
    <message>
        <source>Instead of RAIN: points with a field gauge, whose rain stands in GAUGE_RAIN; or rain of &apos;Fetch observations&apos;.</source>
        <translation>代替 RAIN：带字段 gauge 的点，其雨量在 GAUGE_RAIN 中；或“获取观测值”得到的雨量。</translation>
    </message>
    <message>
        <source>Rain gauges</source>
        <translation>雨量站</translation>
    </message>
    <message>
        <source>Rows with gauge, time_min or time (end of the step, minutes or a date) and depth_mm or intensity_mm_h. Where a gauge has no row, the gauges around it take over.</source>
        <translation>各行含 gauge、time_min 或 time（时段末，分钟或日期）以及 depth_mm 或 intensity_mm_h。某站缺行时由周围的雨量站代替。</translation>
    </message>
    <message>
        <source>Rain of the gauges</source>
        <translation>雨量站雨量</translation>
    </message>
    <message>
        <source>thiessen: each cell has the rain of the nearest gauge; idw: of all, by 1 / distance².</source>
        <translation>thiessen：各单元取最近雨量站的雨量；idw：取全部雨量站按 1/距离² 的加权值。</translation>
    </message>
    <message>
        <source>Rain between the gauges</source>
        <translation>站间雨量</translation>
    </message>
    <message>
        <source>Moment at which the run starts, as 2026-06-01T08:00+08:00, for rain with dates; empty: with the first step.</source>
        <translation>带日期的降雨所用的模拟开始时刻，如 2026-06-01T08:00+08:00；空：从第一个时段开始。</translation>
    </message>
    <message>
        <source>Start of the run</source>
        <translation>模拟开始时刻</translation>
    </message>
    <message>
        <source>Rows with inflow (id or name of the polygon), time_min or time (ISO 8601), and flow_m3s: the hydrograph of each inflow, linear between its rows. Polygons without rows keep flow_m3s.</source>
        <translation>含 inflow（多边形的编号或名称）、time_min 或 time（ISO 8601）以及 flow_m3s 的行：每个入流的流量过程线，行间线性变化。没有行的多边形仍采用 flow_m3s。</translation>
    </message>
    <message>
        <source>Hydrographs of the inflows</source>
        <translation>入流的流量过程线</translation>
    </message>
    <message>
        <source>Rows with time_min or time (ISO 8601) and level_m: a tide or a river over time, for the edges that are level and have no level of their own, or for that in the column side.</source>
        <translation>含 time_min 或 time（ISO 8601）和 level_m 的行：潮位或河道水位过程，用于设为 level 且没有自身水位的边界，或列 side 所指的边界。</translation>
    </message>
    <message>
        <source>Levels over time</source>
        <translation>水位过程</translation>
    </message>
    <message>
        <source>Height of the zero of TIDE above the terrain&apos;s datum; added to its levels.</source>
        <translation>TIDE 的零点高出地形高程基准的高度；加到其水位上。</translation>
    </message>
    <message>
        <source>Datum of the levels over time (m)</source>
        <translation>水位过程的基准面（m）</translation>
    </message>
    <message>
        <source>Moves TIDE in time, so that its highest level comes then: at the peak of the storm, for example.</source>
        <translation>在时间上平移 TIDE，使其最高水位出现在此时刻，例如与雨峰相遇。</translation>
    </message>
    <message>
        <source>Highest level over time at (min)</source>
        <translation>最高水位出现时刻（min）</translation>
    </message>
    <message>
        <source>Flow through structures</source>
        <translation>构筑物过流</translation>
    </message>
    <message>
        <source>A row for each of these structures and output step: flow, levels on both sides, volume.</source>
        <translation>每个构筑物每个输出时刻一行：流量、两侧水位、水量。</translation>
    </message>
    <message>
        <source>Structures over time</source>
        <translation>构筑物过程</translation>
    </message>
    <message>
        <source>Lines with the field kind: kerb, wall, levee, barrier (along the crest), bridge (from abutment to abutment), culvert, weir, gate, orifice, pump (from the inlet to the outlet); a point is a pump out of the area. The page Structures of the manual has the fields of each kind.</source>
        <translation>带字段 kind 的线：路缘石、围墙、堤、挡水板（沿顶线），桥（从桥台到桥台），涵洞、堰、闸、孔口、泵（从进口到出口）；点表示向区外排水的泵。各类型的字段见手册“构筑物”页。</translation>
    </message>
    <message>
        <source>Structures</source>
        <translation>构筑物</translation>
    </message>
    <message>
        <source>Nodes of the network: largest depth and level with their time, what they took from the street and gave back (m³), minutes above the rim, and whether they exchange water with the terrain or why not.</source>
        <translation>管网节点：最大水深和水位及其时间、从街面截流和返回的水量（m³）、高于井口的分钟数，以及是否与地形交换水量或为何不交换。</translation>
    </message>
    <message>
        <source>Nodes of the drains after the run</source>
        <translation>运行后的管网节点</translation>
    </message>
    <message>
        <source>Links of the network: largest flow with its time, velocity, and filling from 0 to 1.</source>
        <translation>管网连接：最大流量及其时间、流速，以及 0 至 1 的充满度。</translation>
    </message>
    <message>
        <source>Conduits of the drains after the run</source>
        <translation>运行后的管网管道</translation>
    </message>
    <message>
        <source>Instead of DRAIN_CAPACITY_MM_H: the return period (years) that the drains were designed for. They take the runoff of that storm: DRAIN_RUNOFF_SHARE times its intensity over DRAIN_CONCENTRATION_MIN.</source>
        <translation>代替 DRAIN_CAPACITY_MM_H：管网的设计重现期（年）。管网排除该场降雨的径流：DRAIN_RUNOFF_SHARE 乘以 DRAIN_CONCENTRATION_MIN 内的雨强。</translation>
    </message>
    <message>
        <source>Return period of the drains (years)</source>
        <translation>管网设计重现期（年）</translation>
    </message>
    <message>
        <source>Zone of the design storms of Shenzhen (2024) for DRAIN_RETURN_PERIOD.</source>
        <translation>DRAIN_RETURN_PERIOD 所用的深圳设计暴雨分区（2024）。</translation>
    </message>
    <message>
        <source>Zone of the drains&apos; storm</source>
        <translation>管网设计暴雨分区</translation>
    </message>
    <message>
        <source>Share of the rain that the drains were designed to take, 0 to 1.</source>
        <translation>管网设计所排除的降雨比例，0 至 1。</translation>
    </message>
    <message>
        <source>Runoff coefficient of the drains</source>
        <translation>管网径流系数</translation>
    </message>
    <message>
        <source>Time that the water needs to reach the drains of an area.</source>
        <translation>水流到达该区管网所需的时间。</translation>
    </message>
    <message>
        <source>Time of concentration of the drains (min)</source>
        <translation>管网汇流时间 (min)</translation>
    </message>
    <message>
        <source>Polygons with the capacity of their drains: the field capacity_mm_h, or return_period in years. They go before the even capacity, which counts outside them.</source>
        <translation>带有管网能力的面：字段 capacity_mm_h，或以年计的 return_period。它们优先于均匀能力，后者用于面之外。</translation>
    </message>
    <message>
        <source>Drained areas</source>
        <translation>排水分区</translation>
    </message>
    <message>
        <source>A network of drains as an input of EPA SWMM 5 (.inp, in UTF-8, GBK or CP1252). Water of the street enters by its inlets, flows in its pipes, and comes back where they are full. The file itself is never changed.</source>
        <translation>EPA SWMM 5 输入形式的雨水管网（.inp，UTF-8、GBK 或 CP1252）。街面的水经雨水口进入，在管中流动，满管处返回街面。文件本身不会被更改。</translation>
    </message>
    <message>
        <source>SWMM input (*.inp *.INP)</source>
        <translation>SWMM 输入 (*.inp *.INP)</translation>
    </message>
    <message>
        <source>Drains (.inp)</source>
        <translation>雨水管网 (.inp)</translation>
    </message>
    <message>
        <source>CRS of the drains (.inp)</source>
        <translation>雨水管网 (.inp) 的坐标系</translation>
    </message>
    <message>
        <source>CRS of the coordinates in the .inp; empty: that of the terrain.</source>
        <translation>.inp 中坐标的坐标系；留空：与地形相同。</translation>
    </message>
    <message>
        <source>terrain: it rains on the terrain only, and the subcatchments of the .inp are left out; network: only on these; both: make sure that no rain counts twice.</source>
        <translation>terrain：雨只落在地形上，略去 .inp 的子汇水区；network：只落在子汇水区上；both：请确认没有雨量重复计算。</translation>
    </message>
    <message>
        <source>Rain of the drains</source>
        <translation>管网的降雨</translation>
    </message>
    <message>
        <source>Instead of DRAINS: points with id, kind (junction, outfall, storage), invert_m or depth_m, rim_m (else the terrain), and their inlet (grate, curb, combination, slotted, table, open) with its sizes. Usual Chinese names of fields are known; the guide has the table.</source>
        <translation>代替 DRAINS：点，含 id、kind（junction、outfall、storage）、invert_m 或 depth_m、rim_m（否则取地形）以及雨水口 inlet（grate、curb、combination、slotted、table、open）及其尺寸。可识别常用的中文字段名，见指南中的表。</translation>
    </message>
    <message>
        <source>Nodes of the drains</source>
        <translation>管网节点</translation>
    </message>
    <message>
        <source>Lines from node to node with diameter_m or diameter_mm, or height_m and width_m, levels, roughness n, and from_node and to_node where their ends do not tell.</source>
        <translation>从节点到节点的线，含 diameter_m 或 diameter_mm，或 height_m 和 width_m、高程、糙率 n，以及端点不能说明时的 from_node 和 to_node。</translation>
    </message>
    <message>
        <source>Conduits of the drains</source>
        <translation>管网管道</translation>
    </message>
    <message>
        <source>Inlets at nodes, a table or layer with the fields id (of the node) and inlet, and the sizes as in NODES. It goes before the inlets of the network: most .inp have none.</source>
        <translation>节点的雨水口：表或图层，含字段 id（节点）和 inlet，以及与 NODES 相同的尺寸。它优先于管网自带的雨水口：多数 .inp 没有雨水口。</translation>
    </message>
    <message>
        <source>Inlets of the drains</source>
        <translation>管网雨水口</translation>
    </message>
    <message>
        <source>Names of fields in the layers of drains where they are not the usual ones, as invert_m = NDDG; diameter_mm = GJ.</source>
        <translation>管网图层的字段名与常用名不同时在此指明，如 invert_m = NDDG; diameter_mm = GJ。</translation>
    </message>
    <message>
        <source>Fields of the drains</source>
        <translation>管网字段</translation>
    </message>
    <message>
        <source>An end of a conduit that names no node takes the nearest within this.</source>
        <translation>未指明节点的管道端点取此距离内最近的节点。</translation>
    </message>
    <message>
        <source>Tolerance of the conduits&apos; ends (m)</source>
        <translation>管道端点容差 (m)</translation>
    </message>
    <message>
        <source>Nodes without an inlet, open: a manhole&apos;s cover lets water through; closed: none passes; auto: open where the network has no inlets at all, else closed.</source>
        <translation>没有雨水口的节点，open：水可通过检查井盖；closed：不通过；auto：管网完全没有雨水口时为 open，否则为 closed。</translation>
    </message>
    <message>
        <source>Nodes without an inlet</source>
        <translation>没有雨水口的节点</translation>
    </message>
    <message>
        <source>outside: the water of outfalls leaves the area; terrain: that of outfalls which lie on the terrain falls on their cells, as at a channel.</source>
        <translation>outside：排放口的水离开区域；terrain：位于地形上的排放口的水落到其单元上，如在渠道处。</translation>
    </message>
    <message>
        <source>Water of outfalls</source>
        <translation>排放口的水</translation>
    </message>
    <message>
        <source>Coupling step (s)</source>
        <translation>耦合步长（秒）</translation>
    </message>
    <message>
        <source>Share of every inlet that leaves block, beside what the inlets say.</source>
        <translation>所有雨水口被落叶等堵塞的比例，在雨水口自身的堵塞比例之外另行计入。</translation>
    </message>
    <message>
        <source>Blocked share of the inlets (%)</source>
        <translation>雨水口堵塞比例（%）</translation>
    </message>
    <message>
        <source>Level at the outfalls (m)</source>
        <translation>排放口水位（米）</translation>
    </message>
    <message>
        <source>Instead of RAIN: rasters of radar or forecast, one for each step with its time in its name, or one with a band for each step, as NetCDF; in any CRS.</source>
        <translation>代替 RAIN：雷达或预报栅格，每时段一个并以时间命名，或一个栅格每时段一个波段（如 NetCDF）；坐标系不限。</translation>
    </message>
    <message>
        <source>Rain rasters</source>
        <translation>降雨栅格</translation>
    </message>
    <message>
        <source>Length of the time that a raster stands for; empty: as their times say.</source>
        <translation>每个栅格代表的时长；空：按其时间。</translation>
    </message>
    <message>
        <source>Step of the rain rasters (min)</source>
        <translation>降雨栅格时段长 (min)</translation>
    </message>
    <message>
        <source>Whether the time of a raster is the end of its step, or its start.</source>
        <translation>栅格的时间是时段末还是时段初。</translation>
    </message>
    <message>
        <source>Time of a rain raster</source>
        <translation>降雨栅格的时间</translation>
    </message>
    <message>
        <source>mm and other depths are those of a step, mm/h and others with a time intensities; empty: as the rasters say.</source>
        <translation>mm 等为时段雨量，mm/h 等为雨强；空：按栅格所注。</translation>
    </message>
    <message>
        <source>Unit of the rain rasters</source>
        <translation>降雨栅格的单位</translation>
    </message>
    <message>
        <source>Where the storm of RAIN moves to, clockwise from north: 90 is east. Each cell has its rain later by the way.</source>
        <translation>RAIN 的暴雨移去的方向，自北顺时针：90 为东。各单元的降雨按路程推迟。</translation>
    </message>
    <message>
        <source>Storm moves towards (°)</source>
        <translation>暴雨移向 (°)</translation>
    </message>
    <message>
        <source>Speed of a storm that moves; empty: it rains everywhere at once.</source>
        <translation>移动暴雨的移速；空：各处同时降雨。</translation>
    </message>
    <message>
        <source>Speed of the storm (m/s)</source>
        <translation>暴雨移速 (m/s)</translation>
    </message>
    <message>
        <source>SURFACES with what each took up, passed on and held (m³), when it was full, and its share of the rain.</source>
        <translation>SURFACES 各设施的吸纳、渗排和蓄存水量（m³）、充满时间，以及占降雨的比例。</translation>
    </message>
    <message>
        <source>Sponge surfaces filled</source>
        <translation>海绵设施蓄水结果</translation>
    </message>
    <message>
        <source>Rain that was kept where it fell (%)</source>
        <translation>就地消纳的降雨比例（%）</translation>
    </message>
    <message>
        <source>SURFACES_FILLED is not written: SURFACES is empty.</source>
        <translation>未写出 SURFACES_FILLED：SURFACES 为空。</translation>
    </message>
    <message>
        <source>Rain that each roof holds back before it runs off; green roofs are SURFACES.</source>
        <translation>每个屋面在产流前滞留的雨量；绿色屋顶请用 SURFACES 给出。</translation>
    </message>
    <message>
        <source>Storage on roofs (mm)</source>
        <translation>屋面蓄水深度（mm）</translation>
    </message>
    <message>
        <source>Points to which the rain of buildings is led: of the building nearest to each, within 5 m, or of the one whose field id is that of building_id. Buildings without one let it run off beside them.</source>
        <translation>建筑雨水被引排到的点：属于 5 m 以内最近的建筑，或字段 id 等于 building_id 的建筑。没有雨落管的建筑在旁边散排。</translation>
    </message>
    <message>
        <source>Downpipes</source>
        <translation>雨落管</translation>
    </message>
    <message>
        <source>Polygons that take up water; the field kind says green roof, permeable paving, bioretention, tank or swale. Empty fields get the values of the kind: depth_mm, void_share, rate_mm_h (uptake), seepage_mm_h (to the ground), drain_mm_h (underdrain), initial_fill (0 to 1), catchment_m2.</source>
        <translation>吸纳雨水的面；字段 kind 为 green roof（绿色屋顶）、permeable paving（透水铺装）、bioretention（生物滞留设施）、tank（蓄水池）或 swale（植草沟）。空字段采用该类型的默认值：depth_mm、void_share（孔隙率）、rate_mm_h（入渗速率）、seepage_mm_h（下渗到土壤）、drain_mm_h（盲管排水）、initial_fill（0 到 1）、catchment_m2。</translation>
    </message>
    <message>
        <source>Sponge surfaces</source>
        <translation>海绵设施</translation>
    </message>
    <message>
        <source>With BUILDINGS_AS gaps, points where water enters buildings: width_m (1 m when empty), sill_elev_m (the floor or the ground when empty), building_id as in DOWNPIPES. A field ground_floor_elev_m of BUILDINGS is the level of the floor.</source>
        <translation>BUILDINGS_AS 为 gaps 时水进入建筑的点：width_m（空时为 1 m）、sill_elev_m（空时取室内地坪或室外地面）、building_id 同 DOWNPIPES。BUILDINGS 的字段 ground_floor_elev_m 为室内地坪高程。</translation>
    </message>
    <message>
        <source>Doors</source>
        <translation>门</translation>
    </message>
    <message>
        <source>Water level at all outfalls to the outside, such as the tide; empty: as the network says, and where it says nothing (FREE) that of the edge where an outfall lies, if that is a level.</source>
        <translation>所有向区外排放的排放口处的水位，例如潮位；留空则按管网文件，管网文件未给定（FREE）时，若排放口所在边界为给定水位，则取该边界水位。</translation>
    </message>
    <message>
        <source>Polygons of garages, basements, concourses and tunnels, as the layer underground of a twin base: id, building_id, bottom_elev_m and top_elev_m (m), or height_m; area_m2 and volume_m3 where they are not those of the polygon.</source>
        <translation>车库、地下室、站厅和隧道的面，如孪生底座的 underground 图层：id、building_id、bottom_elev_m 和 top_elev_m（m），或 height_m；与面不一致时给出 area_m2 和 volume_m3。</translation>
    </message>
    <message>
        <source>Rooms below ground</source>
        <translation>地下空间</translation>
    </message>
    <message>
        <source>Points at which water enters the rooms, as the layer opening of a twin base: id, kind (ramp, door, vent, metro entrance, window), sill_elev_m, width_m (m), and room_id or building_id; without these the nearest room.</source>
        <translation>水进入地下空间的点，如孪生底座的 opening 图层：id、kind（ramp、door、vent、metro entrance、window）、sill_elev_m、width_m（m），以及 room_id 或 building_id；没有这些时归于最近的地下空间。</translation>
    </message>
    <message>
        <source>Openings of rooms below ground</source>
        <translation>地下空间的开口</translation>
    </message>
    <message>
        <source>Rows with from and to (ids of rooms), sill_elev_m and width_m (m), as from a concourse down to a platform.</source>
        <translation>含 from 和 to（地下空间的 id）、sill_elev_m 和 width_m（m）的行，例如从站厅到站台。</translation>
    </message>
    <message>
        <source>Passages between rooms below ground</source>
        <translation>地下空间之间的通道</translation>
    </message>
    <message>
        <source>Points or rows: opening_id, height_m above the sill or crest_elev_m (kind gate: shuts the opening), closes_at_min or closes_at_level_m (level of the water at the opening); without both closed from the start; fails_at_min.</source>
        <translation>点或行：opening_id、高于门槛的 height_m 或 crest_elev_m（类型 gate：完全关闭开口）、closes_at_min 或 closes_at_level_m（开口处的水位）；两者都没有时从一开始就关闭；fails_at_min。</translation>
    </message>
    <message>
        <source>Barriers at openings</source>
        <translation>开口处的挡水设施</translation>
    </message>
    <message>
        <source>Share of a room&apos;s space that water can take, where it has neither volume_m3 nor fill_share; walls, columns and slabs have the rest.</source>
        <translation>地下空间中水可占的份额，用于没有 volume_m3 和 fill_share 的空间；其余为墙、柱和板。</translation>
    </message>
    <message>
        <source>Space for water in rooms (share)</source>
        <translation>地下空间可容水的份额</translation>
    </message>
    <message>
        <source>The rooms of UNDERGROUND with the water in them (m³), greatest depth and level (m), minutes until 0.15, 0.30 and 1.20 m, and the opening by which water came first.</source>
        <translation>UNDERGROUND 的地下空间及其中的水量（m³）、最大水深和最高水位（m）、达到 0.15、0.30 和 1.20 m 的分钟数，以及最先进水的开口。</translation>
    </message>
    <message>
        <source>Water in rooms below ground</source>
        <translation>地下空间的积水</translation>
    </message>
    <message>
        <source>Their openings: when water came in by each, greatest inflow (m³/s), and volumes (m³).</source>
        <translation>其开口：各开口进水的时间、最大进流量（m³/s）和水量（m³）。</translation>
    </message>
    <message>
        <source>Inflow at openings of rooms below ground</source>
        <translation>地下空间开口的进流</translation>
    </message>
    <message>
        <source>A row for each room and output step: volume (m³), depth and level (m).</source>
        <translation>每个地下空间和输出步一行：水量（m³）、水深和水位（m）。</translation>
    </message>
    <message>
        <source>Rooms below ground over time</source>
        <translation>地下空间随时间的变化</translation>
    </message>
    <message>
        <source>With BUILDINGS_AS porosity: the share of a building&apos;s cells that water takes and flows through, 0.01 to 1. The default is an assumption: fit it to observed levels.</source>
        <translation>BUILDINGS_AS 为 porosity 时，建筑像元中可蓄水和过流的比例，0.01 到 1。默认值为假定值：请按实测水位率定。</translation>
    </message>
    <message>
        <source>Porosity of buildings (share)</source>
        <translation>建筑孔隙率（比例）</translation>
    </message>
    <message>
        <source>Millimetres that fell on each cell in the run, on roofs too.</source>
        <translation>模拟期间落在每个单元上的降雨毫米数，包括屋面。</translation>
    </message>
    <message>
        <source>Rain that fell</source>
        <translation>降雨量</translation>
    </message>
    <message>
        <source>raise: blocks 5 m high, whose rain runs off; wall: cut out, their rain falls beside them; gaps: the same, and water enters them through DOORS; porosity: cells with the share BUILDING_POROSITY of the room and of the flow.</source>
        <translation>raise：抬高 5 m 的实体块，雨水从边缘流下；wall：从地形中扣除，其雨水落在旁边；gaps：同 wall，且水可经 DOORS 进入建筑；porosity：建筑像元按 BUILDING_POROSITY 的比例蓄水和过流。</translation>
    </message>
    <message>
        <source>closed: a wall; open: water leaves; level: a water body at a level, fixed or over time.</source>
        <translation>closed：挡水墙；open：水可流出；level：有水位的水体，水位固定或随时间变化。</translation>
    </message>
    <message>
        <source>Time between two exchanges of street and network; empty: 5 s. The network&apos;s own steps are 0.5 s at most.</source>
        <translation>街道与管网两次水量交换之间的时间；留空为 5 s。管网自身的步长最多为 0.5 s。</translation>
    </message>
    <message>
        <source>ground: rain of roofs runs off beside them, or at their DOWNPIPES; drains: it is led into the nearest node of the drains that has an inlet, from the roof or from the downpipe, or into the one that the field node of DOWNPIPES names. Farther away than ROOF_REACH_M it goes to the ground.</source>
        <translation>ground：屋面雨水在建筑旁或其 DOWNPIPES（雨落管）处流到地面；drains：从屋面或雨落管接入排水管网中最近的、有雨水口的节点，或 DOWNPIPES 的字段 node 指定的节点。超过 ROOF_REACH_M 时流到地面。</translation>
    </message>
    <message>
        <source>Roof rain goes to</source>
        <translation>屋面雨水去向</translation>
    </message>
    <message>
        <source>A node that is farther from a roof or a downpipe takes no rain of it.</source>
        <translation>距屋面或雨落管更远的节点不接纳其雨水。</translation>
    </message>
    <message>
        <source>Reach of roofs to the drains (m)</source>
        <translation>屋面接入管网的最大距离（m）</translation>
    </message>
    <message>
        <source>A line for each structure. One that passes water: largest flow and when, what governed it, volumes in both directions, minutes with flow. A wall, kerb or levee: the greatest depth on its top, and when water came over.</source>
        <translation>每个构筑物一条线。过水构筑物：最大流量及时间、控制流态、两个方向的水量、过流分钟数。墙、路缘石或堤：顶部最大水深及漫顶时间。</translation>
    </message>
</context>
<context>
    <name>Snapshots</name>
    <message>
        <source>Saved offline {time} ago</source>
        <translation>{time}前离线保存</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>the file was deleted</source>
        <translation>文件已被删除</translation>
    </message>
</context>
<context>
    <name>SourceChoice</name>
    <message>
        <source>Source of the listed models: a run in the project, or a twin base.</source>
        <translation>所列模型的来源：工程中的一次运行，或一个孪生底座。</translation>
    </message>
    <message>
        <source>Models from</source>
        <translation>模型来源</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>底座</translation>
    </message>
    <message>
        <source>Open or create a twin base, reload its list, or show it on the map.</source>
        <translation>打开或新建孪生底座，重新加载其列表，或在地图上显示。</translation>
    </message>
    <message>
        <source>Open a twin base…</source>
        <translation>打开孪生底座…</translation>
    </message>
    <message>
        <source>New twin base…</source>
        <translation>新建孪生底座…</translation>
    </message>
    <message>
        <source>Twin base in PostGIS…</source>
        <translation>PostGIS 中的孪生底座…</translation>
    </message>
    <message>
        <source>Reload the list</source>
        <translation>重新加载列表</translation>
    </message>
    <message>
        <source>Show it on the map</source>
        <translation>在地图上显示</translation>
    </message>
    <message>
        <source>this project (no models read yet)</source>
        <translation>本工程（尚未读取模型）</translation>
    </message>
    <message>
        <source>Open a twin base</source>
        <translation>打开孪生底座</translation>
    </message>
    <message>
        <source>Name a new twin base</source>
        <translation>命名新的孪生底座</translation>
    </message>
    <message>
        <source>Connection/schema. Create connections in QGIS&apos;s browser panel, under PostgreSQL.</source>
        <translation>连接/模式。请在 QGIS 浏览器面板的 PostgreSQL 下新建连接。</translation>
    </message>
    <message>
        <source>Twin base in PostGIS</source>
        <translation>PostGIS 中的孪生底座</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Twin base {name}</source>
        <translation>孪生底座 {name}</translation>
    </message>
    <message>
        <source>The report is no longer in the project: load the models again.</source>
        <translation>读取报告已不在工程中：请重新加载模型。</translation>
    </message>
</context>
<context>
    <name>Staging</name>
    <message>
        <source>Waiting for another program that has locked an output</source>
        <translation>正在等待另一个程序释放被其锁定的输出文件</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>This step is done.</source>
        <translation>该步骤已完成。</translation>
    </message>
    <message>
        <source>This step is not done yet.</source>
        <translation>该步骤尚未完成。</translation>
    </message>
    <message>
        <source>Hide what belongs to this step.</source>
        <translation>收起此步骤的内容。</translation>
    </message>
    <message>
        <source>Open this step.</source>
        <translation>展开此步骤。</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Shelters</source>
        <translation>避难场所</translation>
    </message>
    <message>
        <source>Critical assets</source>
        <translation>重点设施</translation>
    </message>
    <message>
        <source>Rain gauges</source>
        <translation>雨量站</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Underpasses</source>
        <translation>下穿通道</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>河道</translation>
    </message>
    <message>
        <source>Population by block</source>
        <translation>街区人口</translation>
    </message>
    <message>
        <source>District boundary</source>
        <translation>片区边界</translation>
    </message>
    <message>
        <source>There is no flood in the project: simulate one in the Flood dock.</source>
        <translation>工程中没有内涝结果：请在“内涝”面板中模拟。</translation>
    </message>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>Flood report</source>
        <translation>内涝报告</translation>
    </message>
    <message>
        <source>{n} buildings, {m} openings</source>
        <translation>{n} 栋建筑，{m} 个洞口</translation>
    </message>
    <message>
        <source>Demo district (synthetic)</source>
        <translation>演示片区（虚构）</translation>
    </message>
    <message>
        <source>Terrain (synthetic)</source>
        <translation>地形（虚构）</translation>
    </message>
    <message>
        <source>{n} synthetic buildings, a terrain and layers are in &apos;{folder}&apos;. The district does not show a real place.</source>
        <translation>{n} 栋虚构建筑、一份地形和若干图层在“{folder}”中。该片区不对应任何真实地点。</translation>
    </message>
    <message>
        <source>The project, the map and the report are in &apos;{folder}&apos;.</source>
        <translation>工程、地图和单页报告位于“{folder}”。</translation>
    </message>
    <message>
        <source>The project has no buildings yet: choose a polygon layer of footprints in the Home dock, or load models in the Buildings dock.</source>
        <translation>工程中还没有建筑：请在 City Twin 面板中选择基底轮廓面图层，或在“建筑”面板中载入模型。</translation>
    </message>
    <message>
        <source>Without openings, water counts as inside from 0.15 m above the ground floor of each building.</source>
        <translation>没有洞口数据时，水位高出首层标高 0.15 m 即视为进水。</translation>
    </message>
    <message>
        <source>Without openings and ground floors, water counts as inside from 0.15 m above the ground outside.</source>
        <translation>没有洞口和首层标高数据时，水面高出室外地面 0.15 m 即视为进水。</translation>
    </message>
    <message>
        <source>Water enters {wet} of {total} buildings: select one, and the Buildings dock says why.</source>
        <translation>{total} 栋建筑中有 {wet} 栋进水：选中一栋，“建筑”面板会说明原因。</translation>
    </message>
    <message>
        <source>{n} footprints of the layer &apos;{layer}&apos;</source>
        <translation>图层“{layer}”的 {n} 个基底轮廓</translation>
    </message>
    <message>
        <source>The buildings are assessed for another flood, not for &apos;{flood}&apos;: assess them for this one first, then write the report.</source>
        <translation>建筑是按另一次内涝评估的，而不是“{flood}”：请先按这次内涝评估，再编写报告。</translation>
    </message>
    <message>
        <source>Sea</source>
        <translation>海域</translation>
    </message>
    <message>
        <source>The assessment of &apos;{flood}&apos; is of other buildings than those of step 2: assess these first, then write the report.</source>
        <translation>“{flood}”的评估针对的不是第 2 步中的建筑：请先评估这些建筑，再编写报告。</translation>
    </message>
    <message>
        <source>the layer &apos;{layer}&apos;</source>
        <translation>图层“{layer}”</translation>
    </message>
</context>
<context>
    <name>StormName</name>
    <message>
        <source>{years}-year storm</source>
        <translation>{years} 年一遇暴雨</translation>
    </message>
    <message>
        <source>{depth} mm in {time}</source>
        <translation>{time} {depth} mm</translation>
    </message>
    <message>
        <source>{depth} mm of rain</source>
        <translation>雨量 {depth} mm</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{time} simulated</source>
        <translation>模拟 {time}</translation>
    </message>
    <message>
        <source>{cell} m cells</source>
        <translation>{cell} m 网格</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
</context>
<context>
    <name>StormPanel</name>
    <message>
        <source>Design storm</source>
        <translation>设计暴雨</translation>
    </message>
    <message>
        <source>Rain table of the project</source>
        <translation>工程中的降雨过程表</translation>
    </message>
    <message>
        <source>Rain</source>
        <translation>降雨</translation>
    </message>
    <message>
        <source>Return period, years</source>
        <translation>重现期（年）</translation>
    </message>
    <message>
        <source>Duration, min</source>
        <translation>历时 (min)</translation>
    </message>
    <message>
        <source>Options of the storm</source>
        <translation>暴雨选项</translation>
    </message>
    <message>
        <source>No storm to show</source>
        <translation>没有可显示的暴雨</translation>
    </message>
    <message>
        <source>Choose a table with the fields time_min and depth_mm, as the tool &apos;Design storm&apos; writes it.</source>
        <translation>请选择含 time_min 和 depth_mm 字段的表，即工具“设计暴雨”写出的格式。</translation>
    </message>
    <message>
        <source>Source of the rain.</source>
        <translation>降雨的来源。</translation>
    </message>
    <message>
        <source>Even rain of a chosen depth</source>
        <translation>指定雨量的均匀降雨</translation>
    </message>
    <message>
        <source>{storm}, even</source>
        <translation>{storm}，均匀降雨</translation>
    </message>
    <message>
        <source>Rain table</source>
        <translation>降雨过程表</translation>
    </message>
</context>
<context>
    <name>TerrainTools</name>
    <message>
        <source>Look for what makes the terrain unfit: units, undeclared no data, pits, bridges over channels, seams; the mended terrain comes into the project.</source>
        <translation>查找使地形不适用的问题：单位、未声明的无数据值、凹坑、跨河槽的桥面、接缝；修复后的地形会加入工程。</translation>
    </message>
    <message>
        <source>Show the depressions of the terrain in which rain collects, without a simulation.</source>
        <translation>不经模拟，显示地形中会积雨的洼地。</translation>
    </message>
    <message>
        <source>Check terrain</source>
        <translation>检查地形</translation>
    </message>
    <message>
        <source>Check of the terrain</source>
        <translation>地形检查</translation>
    </message>
    <message>
        <source>Faults of the terrain</source>
        <translation>地形问题</translation>
    </message>
    <message>
        <source>Mended terrain</source>
        <translation>修复后的地形</translation>
    </message>
    <message>
        <source>Waterlogging</source>
        <translation>易涝洼地</translation>
    </message>
    <message>
        <source>Nothing is wrong with the terrain.</source>
        <translation>地形没有问题。</translation>
    </message>
    <message>
        <source>{count} findings; {changed} cells were mended. To use the mended terrain, choose it above.</source>
        <translation>发现 {count} 项问题；已修复 {changed} 个像元。要使用修复后的地形，请在上方选择它。</translation>
    </message>
    <message>
        <source>{count} depressions hold {volume} m³.</source>
        <translation>{count} 处洼地可蓄水 {volume} m³。</translation>
    </message>
</context>
<context>
    <name>TwinAlgorithm</name>
    <message>
        <source>Buildings</source>
        <translation>建筑</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>内涝</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>已取消：未写入任何内容。</translation>
    </message>
    <message>
        <source>Data services</source>
        <translation>数据服务</translation>
    </message>
    <message>
        <source>The layer cannot be written: choose another place for {name}.</source>
        <translation>无法写入图层：请为 {name} 选择其他位置。</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Connection to PostGIS</source>
        <translation>PostGIS 连接</translation>
    </message>
    <message>
        <source>A PostgreSQL connection of QGIS, instead of a GeoPackage.</source>
        <translation>QGIS 中的 PostgreSQL 连接，代替 GeoPackage。</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>模式 (schema)</translation>
    </message>
    <message>
        <source>CRS of models</source>
        <translation>模型的 CRS</translation>
    </message>
    <message>
        <source>CRS of models with absolute coordinates or a map conversion that name none.</source>
        <translation>采用绝对坐标或地图转换、但未注明 CRS 的模型所用的 CRS。</translation>
    </message>
    <message>
        <source>Placements</source>
        <translation>定位表</translation>
    </message>
    <message>
        <source>Time-out (s)</source>
        <translation>超时 (s)</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作进程数</translation>
    </message>
    <message>
        <source>0: one for each core, in the desktop one less.</source>
        <translation>0 表示每个处理器核心一个，在桌面版中少一个。</translation>
    </message>
    <message>
        <source>Terrain</source>
        <translation>地形</translation>
    </message>
    <message>
        <source>Heights in m; a ground floor more than 5 m above or below the terrain gets a warning.</source>
        <translation>地面标高，单位 m；首层标高高于或低于地形超过 5 m 时给出警告。</translation>
    </message>
    <message>
        <source>&apos;{place}&apos; cannot be a shapefile, which has no tables: choose .gpkg or .csv.</source>
        <translation>“{place}”不能是 Shapefile，因为其不支持无几何的表：请选择 .gpkg 或 .csv。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; needs Python packages that are missing: {packages}. Install them with the button in City Twin&apos;s message or in the Home dock.</source>
        <translation>“{title}”缺少所需的 Python 包：{packages}。请点击 City Twin 消息或 City Twin 面板中的按钮安装。</translation>
    </message>
    <message>
        <source>&apos;{title}&apos; needs {name} {limits}, but QGIS&apos;s own Python brings {version}, which comes first: update or remove that one.</source>
        <translation>“{title}”需要 {name} {limits}，但 QGIS 自带的 Python 提供的是 {version}，且优先使用：请更新或移除该版本。</translation>
    </message>
    <message>
        <source>Processor time for each file, six times as much by the clock; 0: 15 s plus 5 s a MB.</source>
        <translation>每个文件的处理器时间，按时钟计为其六倍；0 表示 15 s，每 MB 再加 5 s。</translation>
    </message>
    <message>
        <source>Scheduler</source>
        <translation>调度器</translation>
    </message>
    <message>
        <source>Certificates for the scheduler</source>
        <translation>调度器的证书</translation>
    </message>
    <message>
        <source>A folder with ca.pem, cert.pem and key.pem of the cluster. By default those in dask&apos;s own configuration.</source>
        <translation>包含集群的 ca.pem、cert.pem 和 key.pem 的文件夹。默认使用 dask 自己的配置中的证书。</translation>
    </message>
    <message>
        <source>Only trusted people reach the scheduler&apos;s network</source>
        <translation>只有受信任的人能访问调度器所在的网络</translation>
    </message>
    <message>
        <source>Allows a scheduler without certificates (tcp://): whoever answers as the scheduler runs code on this computer.</source>
        <translation>允许没有证书的调度器 (tcp://)：以调度器身份应答的任何人都可以在本机上运行代码。</translation>
    </message>
    <message>
        <source>Contingency plans</source>
        <translation>应急预案</translation>
    </message>
    <message>
        <source>Rail</source>
        <translation>轨道</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
</context>
<context>
    <name>TwinDock</name>
    <message>
        <source>Click to fold or unfold.</source>
        <translation>单击以折叠或展开。</translation>
    </message>
</context>
<context>
    <name>TwinProvider</name>
    <message>
        <source>City Twin</source>
        <translation>City Twin</translation>
    </message>
    <message>
        <source>City Twin for QGIS</source>
        <translation>City Twin for QGIS</translation>
    </message>
</context>
<context>
    <name>UpdateTwinBase</name>
    <message>
        <source>Update the twin base</source>
        <translation>更新孪生底座</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads a folder of IFC models into a GeoPackage or a PostGIS schema: the tables bim_model, building, storey, opening and underground. The next run reads only models that are new or have changed. The rows of a deleted file stay and get the time in valid_to.&lt;/p&gt;&lt;p&gt;The base is updated in place, some models at a time: after a cancel or a crash it holds whole models only, and the next run continues from there. When a model cannot be read, its earlier rows stay in the base.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将一个文件夹中的 IFC 模型读入 GeoPackage 或 PostGIS 模式 (schema)：表 bim_model、building、storey、opening 和 underground。再次运行时只读取新增或有变化的模型；已不存在的模型不删除，而是在 valid_to 中记录时间。&lt;/p&gt;&lt;p&gt;底座为就地更新，每次写入若干模型：取消或崩溃后底座仍保持完整，下次运行从中断处继续。读取失败的模型保留底座中原有的内容。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Folder of the models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>IFC files (.ifc, .ifczip) in it and in folders below it are read.</source>
        <translation>读取其中及各级子文件夹中的 IFC 文件（.ifc、.ifczip）。</translation>
    </message>
    <message>
        <source>Twin base</source>
        <translation>孪生底座</translation>
    </message>
    <message>
        <source>A GeoPackage: an existing base, or the name of a new one. Other tables do not change.</source>
        <translation>GeoPackage：已有的底座，或新底座的名称。其中的其他表保持不变。</translation>
    </message>
    <message>
        <source>The schema of the base in that database; it is created where it is missing.</source>
        <translation>该数据库中底座所在的模式；不存在时自动创建。</translation>
    </message>
    <message>
        <source>CRS of a new base, for good. By default the projected CRS that most models name.</source>
        <translation>新底座的 CRS。默认为多数模型所注明的投影 CRS；此后不再改变。</translation>
    </message>
    <message>
        <source>CRS of the base</source>
        <translation>底座的 CRS</translation>
    </message>
    <message>
        <source>A table with path, x, y, z, bearing_deg and crs, as in &apos;Load BIM models&apos;.</source>
        <translation>含 path、x、y、z、bearing_deg 和 crs 的表，与“加载 BIM 模型”的要求相同。</translation>
    </message>
    <message>
        <source>Read failed models again</source>
        <translation>重新读取失败的模型</translation>
    </message>
    <message>
        <source>Also read unchanged files that failed or were read in part.</source>
        <translation>重新读取失败或部分读取的模型，即使其没有变化。</translation>
    </message>
    <message>
        <source>Table of the models</source>
        <translation>模型表</translation>
    </message>
    <message>
        <source>Models read</source>
        <translation>已读取的模型</translation>
    </message>
    <message>
        <source>Models unchanged</source>
        <translation>未变化的模型</translation>
    </message>
    <message>
        <source>Models that failed</source>
        <translation>读取失败的模型</translation>
    </message>
    <message>
        <source>Models whose file was deleted</source>
        <translation>文件已删除的模型</translation>
    </message>
    <message>
        <source>Cancelled: the models read so far are kept, and the next run continues from here.</source>
        <translation>已取消：已读取的模型予以保留，下次运行从此处继续。</translation>
    </message>
    <message>
        <source>{n} models were read into the base, {left} are left.</source>
        <translation>已将 {n} 个模型读入底座，剩余 {left} 个。</translation>
    </message>
    <message>
        <source>{n} models have no place: they are in the tables without geometry. Use PLACEMENTS.</source>
        <translation>{n} 个模型没有定位：在表中没有几何。请使用 PLACEMENTS。</translation>
    </message>
    <message>
        <source>{n} models have an unsure place: see their rows in bim_model, and check them on the map.</source>
        <translation>{n} 个模型的定位不可靠：原因见 bim_model 中的相应记录。请在地图上核对。</translation>
    </message>
    <message>
        <source>Address of a dask scheduler, such as tls://10.0.0.5:8786, whose workers read instead of this machine&apos;s.</source>
        <translation>dask 调度器的地址，例如 tls://10.0.0.5:8786；由其工作进程代替本机读取。</translation>
    </message>
    <message>
        <source>Connect to a new scheduler?</source>
        <translation>是否连接新的调度器？</translation>
    </message>
    <message>
        <source>Shall the dask scheduler at {address} read the models?</source>
        <translation>是否由位于 {address} 的 dask 调度器读取模型？</translation>
    </message>
    <message>
        <source>Whoever runs it gets the models and can run code on this computer. The answer yes is kept for this address.</source>
        <translation>其管理者会得到模型，并可以在本机上运行代码。对该地址的同意会被记住。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>The scheduler at {address} was not asked: nothing was read.</source>
        <translation>未连接位于 {address} 的调度器：未读取任何内容。</translation>
    </message>
    <message>
        <source>The scheduler at {address} is new: run &apos;Update the twin base&apos; with it from the toolbox once, which asks whether you trust it.</source>
        <translation>位于 {address} 的调度器是新的：请先从工具箱用它运行一次“更新孪生底座”，届时会询问您是否信任它。</translation>
    </message>
    <message>
        <source>Models read without a building</source>
        <translation>读取的模型中没有建筑物的</translation>
    </message>
    <message>
        <source>Models read without a place</source>
        <translation>读取的模型中没有位置的</translation>
    </message>
    <message>
        <source>{n} models have no building: see their rows in bim_model.</source>
        <translation>{n} 个模型没有建筑物：见其在 bim_model 中的行。</translation>
    </message>
    <message>
        <source>Models with buildings that another one holds too</source>
        <translation>与其他模型含有相同建筑的模型数</translation>
    </message>
</context>
<context>
    <name>WatchActions</name>
    <message>
        <source>Watch sensors</source>
        <translation>监视传感器</translation>
    </message>
</context>
<context>
    <name>WatchPanel</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Select a sensor on the map to see its last day.</source>
        <translation>在地图上选择传感器，查看其最近一天的过程线。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Caution from</source>
        <translation>预警值</translation>
    </message>
    <message>
        <source>Alarm from</source>
        <translation>报警值</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start watching</source>
        <translation>开始监视</translation>
    </message>
    <message>
        <source>Waiting for the first values…</source>
        <translation>正在等待首批数据…</translation>
    </message>
    <message>
        <source>Values of {time}; the next in {seconds}.</source>
        <translation>{time} 的数据；{seconds}后更新。</translation>
    </message>
    <message>
        <source>Interval between requests for the latest values.</source>
        <translation>向服务请求最新值的间隔。</translation>
    </message>
    <message>
        <source>Values from this threshold on are amber; empty for none.</source>
        <translation>达到该值显示为琥珀色；空：不设。</translation>
    </message>
    <message>
        <source>Values from this threshold on are red; empty for none.</source>
        <translation>达到该值显示为红色；空：不设。</translation>
    </message>
    <message>
        <source>Stop the requests; the layer keeps its last values.</source>
        <translation>停止请求；图层保留最后的值。</translation>
    </message>
    <message>
        <source>Show the latest values on the map, and keep them up to date.</source>
        <translation>在地图上显示最新值并持续更新。</translation>
    </message>
</context>
<context>
    <name>WatchQuestion</name>
    <message>
        <source>Compare the observed rain with stored runs: which is nearest, how near, how sure, and which plan was made from it; or that none is near.</source>
        <translation>将实测降雨与已存的模拟比较：哪一次最接近、有多接近、把握多大、据此编制了哪份预案；或没有接近的。</translation>
    </message>
    <message>
        <source>Find the nearest flood</source>
        <translation>查找最接近的内涝</translation>
    </message>
    <message>
        <source>Nearest stored flood</source>
        <translation>最接近的已存洪水模拟</translation>
    </message>
    <message>
        <source>Stored floods by nearness</source>
        <translation>按接近程度排列的已存洪水模拟</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>less than 1 s</source>
        <translation>不足 1 秒</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>{h} h</source>
        <translation>{h} 小时</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{m} min</source>
        <translation>{m} 分钟</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} 秒</translation>
    </message>
</context>
<context>
    <name>WriteBackBim</name>
    <message>
        <source>Write flood results back to BIM</source>
        <translation>将内涝结果写回 BIM</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes the results of the building risk into a copy of a building&apos;s IFC model: the property set Twin_FloodResult on the building, on each storey that the water reaches and on each opening whose sill lies below the water. The original content of the file does not change, byte for byte.&lt;/p&gt;&lt;p&gt;BCF holds a topic for each such opening, with a camera in front of it, for any BIM tool that reads BCF 2.1.&lt;/p&gt;&lt;p&gt;The water level is DESIGN_LEVEL where it is set, otherwise the maximum level outside the building.&lt;/p&gt;</source>
        <translation>&lt;p&gt;将建筑风险结果写入建筑 IFC 模型的副本：在建筑、积水到达的各楼层，以及门槛低于水位的各洞口上添加属性集 Twin_FloodResult。文件中原有的内容逐字节保持不变。&lt;/p&gt;&lt;p&gt;BCF 为每个此类洞口建立一个主题 (topic)，并在其正前方设置视点，可供任何支持 BCF 2.1 的 BIM 软件使用。&lt;/p&gt;&lt;p&gt;给出设计水位时采用设计水位，否则采用建筑室外的最高水位。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>IFC models (*.ifc *.ifczip *.IFC *.ifcZIP)</source>
        <translation>IFC 模型 (*.ifc *.ifczip *.IFC *.ifcZIP)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The IFC file (.ifc, .ifczip) that the building was loaded from. It is only read.</source>
        <translation>建筑来源的 IFC 文件（.ifc、.ifczip）。只读取，不修改。</translation>
    </message>
    <message>
        <source>The output of &apos;Building risk&apos;. Its ids identify the rows of this model.</source>
        <translation>“建筑风险”的输出。由其 id 判断哪些行属于该模型。</translation>
    </message>
    <message>
        <source>Building risk</source>
        <translation>建筑风险</translation>
    </message>
    <message>
        <source>Openings with id and sill_elev_m: only these count, with these sills. Else the model&apos;s.</source>
        <translation>含 id 和 sill_elev_m 的洞口：只计这些洞口并采用其门槛标高。未提供时采用模型中的洞口。</translation>
    </message>
    <message>
        <source>Openings</source>
        <translation>洞口</translation>
    </message>
    <message>
        <source>Storeys with id and elev_m, where their levels differ from the model&apos;s.</source>
        <translation>含 id 和 elev_m 的楼层，用于楼层标高与模型不同的情况。</translation>
    </message>
    <message>
        <source>Storeys</source>
        <translation>楼层</translation>
    </message>
    <message>
        <source>Design level (m)</source>
        <translation>设计水位 (m)</translation>
    </message>
    <message>
        <source>A water level in m above the map&apos;s datum, instead of the result&apos;s maximum water level.</source>
        <translation>相对地图高程基准的水位，单位 m，代替结果中的最高水位。</translation>
    </message>
    <message>
        <source>Time-out (s)</source>
        <translation>超时 (s)</translation>
    </message>
    <message>
        <source>IFC models (*.ifc *.ifczip)</source>
        <translation>IFC 模型 (*.ifc *.ifczip)</translation>
    </message>
    <message>
        <source>Model with results</source>
        <translation>含结果的模型</translation>
    </message>
    <message>
        <source>The copy. It is zipped when its name ends in .ifczip.</source>
        <translation>模型副本。文件名以 .ifczip 结尾时压缩保存。</translation>
    </message>
    <message>
        <source>BCF topics (*.bcfzip *.bcf)</source>
        <translation>BCF 主题 (*.bcfzip *.bcf)</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>A topic with a view for each opening whose sill lies below the water.</source>
        <translation>门槛低于水位的每个洞口各有一个带视点的主题。</translation>
    </message>
    <message>
        <source>Buildings written</source>
        <translation>已写入的建筑数</translation>
    </message>
    <message>
        <source>Storeys reached</source>
        <translation>积水到达的楼层数</translation>
    </message>
    <message>
        <source>Openings below the water</source>
        <translation>低于水位的洞口数</translation>
    </message>
    <message>
        <source>{name} is the model itself, which is never changed: choose another file.</source>
        <translation>{name} 就是模型文件本身，不可更改：请选择其他文件。</translation>
    </message>
    <message>
        <source>RISK cannot be read: choose the output of the building risk.</source>
        <translation>无法读取 RISK：请选择“建筑风险”的输出。</translation>
    </message>
    <message>
        <source>No opening lies below the water: there is no topic.</source>
        <translation>没有低于水位的洞口：未生成主题。</translation>
    </message>
    <message>
        <source>Processor time for reading the model, six times as much by the clock; 0: 15 s plus 5 s a MB.</source>
        <translation>读取模型的处理器时间，按时钟计为其六倍；0 表示 15 s，每 MB 再加 5 s。</translation>
    </message>
</context>
</TS>
