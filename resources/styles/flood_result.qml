<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis labelsEnabled="0" autoRefreshMode="Disabled" autoRefreshTime="0" minScale="1e+08" version="3.40.6-Bratislava" styleCategories="Symbology|Labeling|Fields|Forms|MapTips|Rendering|Temporal" hasScaleBasedVisibilityFlag="0" maxScale="0">
  <temporal temporal-active="1" always-load-reference-time-from-source="1" matching-method="0" reference-time="2026-01-01T00:00:00Z"/>
  <mesh-renderer-settings>
    <active-dataset-group scalar="0" vector="1"/>
    <scalar-settings interpolation-method="no-resampling" min-val="0.050000000000000003" max-val="2" group="0" opacity="1">
      <colorrampshader clip="0" minimumValue="0.050000000000000003" maximumValue="2" colorRampType="DISCRETE" classificationMode="1" labelPrecision="6">
        <item alpha="0" value="0.05" color="#ffffff" label="&lt; 0.05 m"/>
        <item alpha="204" value="0.15" color="#cfe3f5" label="0.05 – 0.15 m"/>
        <item alpha="204" value="0.3" color="#9cc7e8" label="0.15 – 0.30 m, a lane is closed"/>
        <item alpha="204" value="0.5" color="#5ba3d6" label="0.30 – 0.50 m, a road is closed"/>
        <item alpha="204" value="1" color="#2b7bba" label="0.50 – 1.00 m, people in danger"/>
        <item alpha="204" value="2" color="#115292" label="1.00 – 2.00 m"/>
        <item alpha="204" value="inf" color="#08264f" label="2.00 m and more"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0.20000000298023224" ignore-out-of-range="0" width-varying="0" maximum-value="0.40000000596046448" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="0.10000000000000001" max-val="2" group="1" opacity="1">
      <colorrampshader clip="0" minimumValue="0.10000000000000001" maximumValue="2" colorRampType="DISCRETE" classificationMode="1" labelPrecision="6">
        <item alpha="0" value="0.1" color="#ffffff" label="&lt; 0.10 m/s"/>
        <item alpha="204" value="0.25" color="#dcefd8" label="0.10 – 0.25 m/s"/>
        <item alpha="204" value="0.5" color="#a9d8a3" label="0.25 – 0.50 m/s"/>
        <item alpha="204" value="1" color="#66b86c" label="0.50 – 1.00 m/s"/>
        <item alpha="204" value="2" color="#2c8c49" label="1.00 – 2.00 m/s"/>
        <item alpha="204" value="inf" color="#0b4a22" label="2.00 m/s and more"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0" ignore-out-of-range="0" width-varying="0" maximum-value="13.576450738261373" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="1" max-val="6" group="2" opacity="1">
      <colorrampshader clip="0" minimumValue="1" maximumValue="6" colorRampType="DISCRETE" classificationMode="1" labelPrecision="6">
        <item alpha="0" value="0.5" color="#ffffff" label="dry"/>
        <item alpha="204" value="1" color="#fff1a8" label="H1, safe for most"/>
        <item alpha="204" value="2" color="#fdc75b" label="H2, unsafe for small cars"/>
        <item alpha="204" value="3" color="#f58a33" label="H3, unsafe for children and cars"/>
        <item alpha="204" value="4" color="#d9381e" label="H4, unsafe for all people"/>
        <item alpha="204" value="5" color="#941116" label="H5, buildings can be damaged"/>
        <item alpha="204" value="6" color="#3f1163" label="H6, buildings can fail"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="1" ignore-out-of-range="0" width-varying="0" maximum-value="6" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="0.20000000298023224" max-val="10" group="3" opacity="1">
      <colorrampshader clip="0" minimumValue="0.20000000298023224" maximumValue="10" colorRampType="INTERPOLATED" classificationMode="2" labelPrecision="6">
        <colorramp type="gradient" name="[source]">
          <Option type="Map">
            <Option type="QString" name="color1" value="228,241,239,255,rgb:0.89411764705882357,0.94509803921568625,0.93725490196078431,1"/>
            <Option type="QString" name="color2" value="13,74,74,255,rgb:0.05098039215686274,0.29019607843137257,0.29019607843137257,1"/>
            <Option type="QString" name="direction" value="ccw"/>
            <Option type="QString" name="discrete" value="0"/>
            <Option type="QString" name="rampType" value="gradient"/>
            <Option type="QString" name="spec" value="rgb"/>
            <Option type="QString" name="stops" value="0.5;95,168,160,255,rgb:0.37254901960784315,0.6588235294117647,0.62745098039215685,1;rgb;ccw"/>
          </Option>
        </colorramp>
        <item alpha="255" value="0.200000002980232" color="#e4f1ef" label="0.2"/>
        <item alpha="255" value="2.650000002235174" color="#a2cdc8" label="2.65"/>
        <item alpha="255" value="5.100000001490116" color="#5fa8a0" label="5.1"/>
        <item alpha="255" value="7.550000000745058" color="#367975" label="7.55"/>
        <item alpha="255" value="10" color="#0d4a4a" label="10"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0.20000000298023224" ignore-out-of-range="0" width-varying="0" maximum-value="10" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <scalar-settings interpolation-method="no-resampling" min-val="0" max-val="9.6000003814697266" group="4" opacity="1">
      <colorrampshader clip="0" minimumValue="0" maximumValue="9.6000003814697266" colorRampType="INTERPOLATED" classificationMode="2" labelPrecision="6">
        <colorramp type="gradient" name="[source]">
          <Option type="Map">
            <Option type="QString" name="color1" value="228,241,239,255,rgb:0.89411764705882357,0.94509803921568625,0.93725490196078431,1"/>
            <Option type="QString" name="color2" value="13,74,74,255,rgb:0.05098039215686274,0.29019607843137257,0.29019607843137257,1"/>
            <Option type="QString" name="direction" value="ccw"/>
            <Option type="QString" name="discrete" value="0"/>
            <Option type="QString" name="rampType" value="gradient"/>
            <Option type="QString" name="spec" value="rgb"/>
            <Option type="QString" name="stops" value="0.5;95,168,160,255,rgb:0.37254901960784315,0.6588235294117647,0.62745098039215685,1;rgb;ccw"/>
          </Option>
        </colorramp>
        <item alpha="255" value="0" color="#e4f1ef" label="0"/>
        <item alpha="255" value="2.400000095367432" color="#a2cdc8" label="2.4"/>
        <item alpha="255" value="4.800000190734863" color="#5fa8a0" label="4.8"/>
        <item alpha="255" value="7.200000286102295" color="#367975" label="7.2"/>
        <item alpha="255" value="9.600000381469727" color="#0d4a4a" label="9.6"/>
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <edge-settings stroke-width-unit="0">
        <mesh-stroke-width maximum-width="3" fixed-width="0.26000000000000001" use-absolute-value="0" minimum-value="0" ignore-out-of-range="0" width-varying="0" maximum-value="9.6000003814697266" minimum-width="0.26000000000000001"/>
      </edge-settings>
    </scalar-settings>
    <vector-settings symbology="0" user-grid-enabled="1" group="1" user-grid-width="19" user-grid-height="19" filter-min="0.10000000000000001" filter-max="-1" coloring-method="0" color="31,41,51,255,rgb:0.12156862745098039,0.16078431372549021,0.20000000000000001,1" line-width="0.22">
      <colorrampshader clip="0" minimumValue="0" maximumValue="255" colorRampType="INTERPOLATED" classificationMode="1" labelPrecision="6">
        <rampLegendSettings suffix="" prefix="" useContinuousLegend="1" minimumLabel="" orientation="2" maximumLabel="" direction="0">
          <numericFormat id="basic">
            <Option type="Map">
              <Option type="invalid" name="decimal_separator"/>
              <Option type="int" name="decimals" value="6"/>
              <Option type="int" name="rounding_type" value="0"/>
              <Option type="bool" name="show_plus" value="false"/>
              <Option type="bool" name="show_thousand_separator" value="true"/>
              <Option type="bool" name="show_trailing_zeros" value="false"/>
              <Option type="invalid" name="thousand_separator"/>
            </Option>
          </numericFormat>
        </rampLegendSettings>
      </colorrampshader>
      <vector-arrow-settings arrow-head-width-ratio="0.25" arrow-head-length-ratio="0.40000000000000002">
        <shaft-length method="minmax" min="1.2" max="5.5"/>
      </vector-arrow-settings>
      <vector-streamline-settings seeding-density="0.14999999999999999" seeding-method="0"/>
      <vector-traces-settings maximum-tail-length="100" maximum-tail-length-unit="0" particles-count="1000"/>
      <vector-windbarb-settings shaft-length-units="0" magnitude-units="0" shaft-length="10" magnitude-multiplier="1"/>
    </vector-settings>
    <mesh-settings-native line-width-unit="MM" enabled="0" color="0,0,0,255,rgb:0,0,0,1" line-width="0.26000000000000001"/>
    <mesh-settings-edge line-width-unit="MM" enabled="0" color="0,0,0,255,rgb:0,0,0,1" line-width="0.26000000000000001"/>
    <mesh-settings-triangular line-width-unit="MM" enabled="0" color="0,0,0,255,rgb:0,0,0,1" line-width="0.26000000000000001"/>
    <averaging-3d method="1">
      <sigma-settings end-fraction="1" start-fraction="0"/>
    </averaging-3d>
  </mesh-renderer-settings>
  <name-to-global-index name="depth" global-index="0"/>
  <name-to-global-index name="velocity" global-index="1"/>
  <name-to-global-index name="water hazard" global-index="2"/>
  <name-to-global-index name="water level" global-index="3"/>
  <name-to-global-index name="z of the bed" global-index="4"/>
  <mesh-simplify-settings enabled="0" mesh-resolution="5" reduction-factor="10"/>
  <blendMode>0</blendMode>
  <layerOpacity>1</layerOpacity>
</qgis>
