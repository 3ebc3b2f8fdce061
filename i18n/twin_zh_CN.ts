<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Choices</name>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="11"/>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="12"/>
        <source>open: water leaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="13"/>
        <source>fixed level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="14"/>
        <source>raised blocks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="15"/>
        <source>walls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="16"/>
        <source>Shenzhen west: Bao&apos;an, Guangming, Longhua</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="17"/>
        <source>Shenzhen central: Nanshan, Futian, Luohu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="18"/>
        <source>Shenzhen east: Yantian, Pingshan, Dapeng</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="19"/>
        <source>Shenshan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="20"/>
        <source>another city: A, b and n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="21"/>
        <source>Chicago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="22"/>
        <source>triangular</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="23"/>
        <source>uniform</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="24"/>
        <source>a gauge&apos;s table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/choices.py" line="25"/>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CreateDemoDistrict</name>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="38"/>
        <source>Create a demo district</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="41"/>
        <source>&lt;p&gt;Makes a coastal district to try the other tools on: an IFC4 model of every building, a terrain of 2 m cells with a channel, an underpass and low streets, roads, shelters, critical assets, rain gauges and population, in EPSG:4547.&lt;/p&gt;&lt;p&gt;Nothing in it is real, and the files say so. The same number of buildings and the same seed make the same district again.&lt;/p&gt;&lt;p&gt;The folder must be new or empty. 60 buildings take a few seconds, 10,000 some minutes and about 500 MB.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="51"/>
        <source>Buildings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="52"/>
        <source>How many buildings, 1 to 10,000; the district grows with them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="53"/>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="54"/>
        <source>Another seed makes another district; the same one repeats it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="55"/>
        <source>Folder of the district</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="56"/>
        <source>A new or an empty folder: nothing that is there is replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="57"/>
        <source>Folder of the models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="58"/>
        <source>Terrain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="59"/>
        <source>Roughness (Manning&apos;s n)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="60"/>
        <source>Layers of the district</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="61"/>
        <source>Number of buildings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="70"/>
        <source>No folder was given: choose a new or an empty one in FOLDER.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="76"/>
        <source>{n} made buildings in &apos;{folder}&apos;. Nothing in this district is real.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="89"/>
        <source>Writing terrain and layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/bim/createdemodistrict.py" line="90"/>
        <source>Made terrain</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DependencyBar</name>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="139"/>
        <source>These Python packages are missing: {names}. What needs them waits until they are installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="141"/>
        <source>Install</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="141"/>
        <source>Download the packages into your QGIS profile, about 430 MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="154"/>
        <source>Installing Python packages…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="157"/>
        <source>pip downloads and unpacks the packages; it does not say how much is left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="159"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="159"/>
        <source>Stop; nothing is installed then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="161"/>
        <source>Installing Python packages: {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="166"/>
        <source>The Python packages are installed; everything can be used now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="171"/>
        <source>Installing Python packages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="173"/>
        <source>Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="173"/>
        <source>Open the words of pip, from where they can be copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="174"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="174"/>
        <source>Start the installation again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="178"/>
        <source>City Twin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DesignStorm</name>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="82"/>
        <source>Design storm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="46"/>
        <source>&lt;p&gt;Makes the rain of a storm, step by step, for the flood simulation: from Shenzhen&apos;s formulas of 2024, from any city&apos;s formula q = A (1 + C lg P) / (t + b)^n, or from a gauge&apos;s table.&lt;/p&gt;&lt;p&gt;The depth is H = q t / 167 mm, as the published tables count it; the steps are exact integrals and add up to H. West is Bao&apos;an, Guangming, Longhua; central Nanshan, Futian, Luohu; east Yantian, Pingshan, Dapeng.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="54"/>
        <source>Zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="54"/>
        <source>A zone of Shenzhen, or custom for A, B and N.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="55"/>
        <source>For the zones 1, 2, 3, 5, 10, 20, 30, 50 or 100; for custom any, where C is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="56"/>
        <source>Return period (years)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="57"/>
        <source>Duration (min)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="57"/>
        <source>The published formulas hold from 5 to 180.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="58"/>
        <source>Step (min)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="58"/>
        <source>The last step is shorter where it does not fit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="60"/>
        <source>How the depth is spread over time; gauge takes the gauge&apos;s depths as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="61"/>
        <source>Pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="62"/>
        <source>Where the peak of chicago and triangular lies in the duration, from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="63"/>
        <source>Peak ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="64"/>
        <source>Custom: A of q = A (1 + C lg P) / (t + b)^n.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="65"/>
        <source>A (L/(s·ha))</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="66"/>
        <source>b (min)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="66"/>
        <source>Custom: b of the formula.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="67"/>
        <source>n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="67"/>
        <source>Custom: n of the formula.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="68"/>
        <source>Custom, instead of A: A1 of q = 167 A1 (1 + C lg P) / (t + b)^n, as GB 50014 writes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="69"/>
        <source>A1 (mm/min)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="70"/>
        <source>Custom: C of the formula; with 0 the return period plays no part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="71"/>
        <source>C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="73"/>
        <source>Rain that one gauge measured, a row per step: its end in minutes and its depth in mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="74"/>
        <source>Gauge table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="76"/>
        <source>Of the gauge table: the end of the step in minutes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="77"/>
        <source>Time field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="79"/>
        <source>Depth field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="80"/>
        <source>Of the gauge table: the depth of the step in mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="81"/>
        <source>A table with time_min, depth_mm and intensity_mm_h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="83"/>
        <source>Total depth (mm)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="102"/>
        <source>The storm&apos;s table cannot be written: choose another place for OUTPUT.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="106"/>
        <source>{total} mm in {duration} min; the heaviest step has {peak} mm/h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="126"/>
        <source>The pattern gauge needs the gauge&apos;s table: choose it in GAUGE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/flood/designstorm.py" line="130"/>
        <source>The table &apos;{table}&apos; has no field &apos;{field}&apos;, only {there}: choose its fields of time and depth.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="43"/>
        <source>What the run reported, from its start to its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="45"/>
        <source>Close this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="46"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="47"/>
        <source>Copy the whole text.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FloodProject</name>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="95"/>
        <source>{depth} mm in {hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="105"/>
        <source>Base map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="148"/>
        <source>Openings and sills</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="149"/>
        <source>Building risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="150"/>
        <source>Flood over time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="151"/>
        <source>Max depth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="152"/>
        <source>Hazard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="153"/>
        <source>Arrival of water (h:min)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="154"/>
        <source>Max velocity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="155"/>
        <source>Storm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="156"/>
        <source>Roads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="157"/>
        <source>Relief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="158"/>
        <source>Terrain (m)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="162"/>
        <source>Flood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/flood_project.py" line="183"/>
        <source>City Twin {version}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Hyetograph</name>
    <message>
        <location filename="../twin_plugin/gui/widgets/hyetograph.py" line="21"/>
        <source>Intensity of the rain in each time step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/hyetograph.py" line="52"/>
        <source>{total} mm in {time}, peak {peak} mm/h at {clock}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/hyetograph.py" line="72"/>
        <source>mm/h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/hyetograph.py" line="114"/>
        <source>time, h:min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Installer</name>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="89"/>
        <source>Python could not be started ({reason}): install the packages by hand with the command in the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="97"/>
        <source>Cancelled: no package was installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="101"/>
        <source>pip could not install the packages ({reason}): check the network and proxy, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/dependencies.py" line="102"/>
        <source>exit code {code}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobPanel</name>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="23"/>
        <source>How far the run is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="27"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="28"/>
        <source>Stop the run; what was there before it stays as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="50"/>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="62"/>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="69"/>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/job_panel.py" line="75"/>
        <source>Cancelled: nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobRunner</name>
    <message>
        <location filename="../twin_plugin/gui/jobs.py" line="171"/>
        <source>There is no algorithm &apos;{name}&apos;: is its provider switched off in Processing&apos;s options?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/jobs.py" line="222"/>
        <source>The run succeeded, but QGIS could not open {files}: look at the files and the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/jobs.py" line="231"/>
        <source>{title} failed without a reason: open the details.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MapClasses</name>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="56"/>
        <source>0.05 – 0.15 m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="56"/>
        <source>0.15 – 0.30 m, a lane is closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="56"/>
        <source>0.30 – 0.50 m, a road is closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="56"/>
        <source>0.50 – 1.00 m, people in danger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="56"/>
        <source>1.00 – 2.00 m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="56"/>
        <source>2.00 m and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="65"/>
        <source>0.10 – 0.25 m/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="65"/>
        <source>0.25 – 0.50 m/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="65"/>
        <source>0.50 – 1.00 m/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="65"/>
        <source>1.00 – 2.00 m/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="65"/>
        <source>2.00 m/s and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="73"/>
        <source>H1, safe for most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="73"/>
        <source>H2, unsafe for small cars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="73"/>
        <source>H3, unsafe for children and cars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="73"/>
        <source>H4, unsafe for all people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="73"/>
        <source>H5, buildings can be damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="73"/>
        <source>H6, buildings can fail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="81"/>
        <source>02:00 and later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="92"/>
        <source>02:00 and longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="100"/>
        <source>0, no water at the building</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="100"/>
        <source>1, water around, none inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="100"/>
        <source>2, inside, less than 0.15 m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="100"/>
        <source>3, inside, less than 0.5 m, or basement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="100"/>
        <source>4, inside, 0.5 m and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/bridge/classes.py" line="108"/>
        <source>unknown, no water level here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="69"/>
        <source>Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="70"/>
        <source>Open the whole log, from where it can be copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/notice.py" line="115"/>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionsFactory</name>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="81"/>
        <source>City Twin</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="22"/>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="23"/>
        <source>How many models are read at the same time. Each worker is a process of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="24"/>
        <source>the algorithm&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="24"/>
        <source> s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="25"/>
        <source>A model that takes longer than this is given up and reported as failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="26"/>
        <source>all but one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="27"/>
        <source>How many cores the flood solver uses; one is left for the map by default.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="31"/>
        <source>beside the project file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="32"/>
        <source>Every run gets a folder of its own in this one. Empty: the folder city_twin beside the project file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="35"/>
        <source>Zoom to the results when a run has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="37"/>
        <source>Off: the map stays where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="39"/>
        <source>warnings only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="39"/>
        <source>normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="39"/>
        <source>everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="43"/>
        <source>How much goes into the tab City Twin of QGIS&apos;s log messages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="46"/>
        <source>Worker processes for models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="47"/>
        <source>Time limit for one model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="48"/>
        <source>Threads of the flood solver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="49"/>
        <source>Folder of the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/options.py" line="51"/>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <location filename="../twin_plugin/gui/widgets/form.py" line="168"/>
        <source>[Not set]</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <location filename="../twin_plugin/gui/runs.py" line="137"/>
        <source>The project is not saved yet: results are kept until QGIS closes. Save it first, and they stay beside it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <location filename="../twin_plugin/gui/widgets/step.py" line="53"/>
        <source>This step is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/widgets/step.py" line="54"/>
        <source>This step is still to do.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TwinAlgorithm</name>
    <message>
        <location filename="../twin_plugin/processing/algorithm.py" line="113"/>
        <source>Buildings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/algorithm.py" line="114"/>
        <source>Flood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/algorithm.py" line="115"/>
        <source>Risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/algorithm.py" line="116"/>
        <source>Reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/algorithm.py" line="157"/>
        <source>Cancelled: nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TwinDock</name>
    <message>
        <location filename="../twin_plugin/gui/dock.py" line="127"/>
        <source>Click to fold or unfold.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TwinProvider</name>
    <message>
        <location filename="../twin_plugin/processing/provider.py" line="27"/>
        <source>City Twin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/processing/provider.py" line="30"/>
        <source>City Twin for QGIS</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="58"/>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="16"/>
        <source>less than 1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="19"/>
        <source>{h} h {m} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="19"/>
        <source>{h} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="22"/>
        <source>{m} min {s} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="22"/>
        <source>{m} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="24"/>
        <source>{s} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="52"/>
        <source>0 · dry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="53"/>
        <source>1 · water outside, none inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="54"/>
        <source>2 · less than 0.15 m above a sill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="55"/>
        <source>3 · less than 0.5 m, or a basement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../twin_plugin/gui/words.py" line="56"/>
        <source>4 · 0.5 m or more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
