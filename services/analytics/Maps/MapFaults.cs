using System.Globalization;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Maps;

/// <summary>What can be wrong with one outline of a file, said so that whoever made the file finds it.</summary>
internal static class MapFaults
{
    public static FieldError NoCode(int feature) => new(Nth(feature), "no-code", new(
        $"第 {feature} 个要素没有六位区划代码。请在属性 adcode、code 或 gb 中给出。", $"Feature {feature} has no code of six digits. Give it in the property adcode, code or gb."));

    public static FieldError Unknown(string code, int feature) => new(code, "unknown", new(
        $"第 {feature} 个要素的代码不是本省现有的单位。如为旧区划，请换用现行区划的文件。", $"Feature {feature}: there is no such code in the province today. If the file is older than the last change of divisions, take a newer one."));

    public static FieldError NotACounty(string code, int feature) => new(code, "not-a-county", new(
        $"第 {feature} 个要素是省、市或功能区。文件中只放县级行政区，市的范围由县合成。", $"Feature {feature} is a province, a city or a zone. Only counties belong into the file; cities are put together from them."));

    public static FieldError Twice(string code, int feature) => new(code, "duplicate", new(
        $"这个代码出现了两次（第 {feature} 个要素又是它）。飞地请放在同一要素的 MultiPolygon 中。", $"The code is in the file twice (again as feature {feature}). Put separate parts into one MultiPolygon."));

    public static FieldError Missing(string code, Text name) => new(code, "missing", new(
        $"缺少{name.Zh}。", $"{name.En} is missing."));

    public static FieldError Geometry(string place, string type) => new(place, "geometry", new(
        $"几何类型 {type} 不能作为区域。请用 Polygon 或 MultiPolygon；GeometryCollection 请先拆开合并。", $"A {type} is no area. Use Polygon or MultiPolygon; dissolve a GeometryCollection first."));

    public static FieldError Coordinates(string place) => new(place, "coordinates", new(
        "坐标的层数或数字不符合 GeoJSON（RFC 7946）。", "The coordinates are not nested as GeoJSON (RFC 7946) has them, or are no numbers."));

    public static FieldError TooFew(string place) => new(place, "too-few", new(
        "有一条边界不足四个点。", "A ring has fewer than four points."));

    public static FieldError Unclosed(string place, Position at) => new(place, "unclosed", new(
        $"有一条边界没有闭合：起点 {Where(at)} 与终点不同。", $"A ring is not closed: it begins at {Where(at)} and ends elsewhere."));

    public static FieldError Outside(string place, Position at) => new(place, "outside", new(
        $"坐标 {Where(at)} 不在我国范围内。经度在前、纬度在后；投影坐标请先转为经纬度。", $"{Where(at)} is outside the country. Longitude comes first; turn projected coordinates into degrees."));

    public static FieldError Crossing(string place, Position at) => new(place, "crossing", new(
        $"边界在 {Where(at)} 附近自相交。", $"The outline crosses itself near {Where(at)}."));

    public static string Nth(int feature) => $"features/{feature.ToString(CultureInfo.InvariantCulture)}";

    private static string Where(Position at) => string.Create(CultureInfo.InvariantCulture, $"{at.X:0.####}, {at.Y:0.####}");
}
