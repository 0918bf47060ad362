namespace Gengdu.Analytics.Exports.Missing;

/// <summary>What states and levels are called in these lists.</summary>
internal static class MissingWords
{
    public static string Level(string level, ExportWords words) => level switch
    {
        "school" => words.Of("学校", "school"),
        "county" => words.Of("县级", "county"),
        "city" => words.Of("市级", "city"),
        _ => words.Of("省级", "province"),
    };

    /// <summary>The lists a module report stands in: one that came late and was returned stands in both.</summary>
    public static IEnumerable<string> Lists(MissingItem item, ExportWords words)
    {
        if (item.State is { } state)
        {
            yield return state switch { "overdue" => words.Of("逾期未报", "overdue"), "returned" => words.Of("退回待改", "returned"), _ => words.Of("未报", "missing") };
        }

        if (item.Late)
        {
            yield return words.Of("逾期报送", "came late");
        }
    }
}
