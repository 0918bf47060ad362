using System.Globalization;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>
/// Values in messages. Numbers: at most two decimals, half up, no trailing zeros, no separators; computed in integers because
/// .NET's and JavaScript's formatting differ at the edges. valueText.ts is the twin.
/// </summary>
internal static class ValueText
{
    private static readonly Text s_nothing = new("–", "–");

    public static Text Of(CelValue value) => value.Kind switch
    {
        CelKind.Double => Both(Number(value.Number)),
        CelKind.String => Both(value.String),
        CelKind.Bool => value.IsTrue ? new Text("是", "yes") : new Text("否", "no"),
        CelKind.List when value.List.Length > 0 => new Text(
            string.Join("、", value.List.Select(item => Of(item).Zh)), string.Join(", ", value.List.Select(item => Of(item).En))),
        _ => s_nothing,
    };

    public static string Number(double value)
    {
        if (!double.IsFinite(value)) return "–";
        var size = Math.Abs(value);
        if (size >= 1e15) return (value < 0 ? "-" : "") + new System.Numerics.BigInteger(size).ToString(CultureInfo.InvariantCulture);
        var hundredths = (long)Math.Floor((size * 100) + 0.5);
        var (whole, rest) = (hundredths / 100, hundredths % 100);
        var sign = value < 0 && hundredths != 0 ? "-" : "";
        var text = sign + whole.ToString(CultureInfo.InvariantCulture);
        if (rest == 0) return text;
        return rest % 10 == 0 ? $"{text}.{rest / 10}" : string.Create(CultureInfo.InvariantCulture, $"{text}.{rest:00}");
    }

    private static Text Both(string text) => new(text, text);
}
