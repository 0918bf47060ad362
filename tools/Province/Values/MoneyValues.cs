namespace Gengdu.Province.Values;

/// <summary>Money (calendar year) and results.</summary>
internal static class MoneyValues
{
    private static readonly string[] Uses = ["use_place", "use_equip", "use_consum", "use_training", "use_activity", "use_insurance", "use_service", "use_other"];

    public static Dictionary<string, object?> Money(Figures f)
    {
        var publicFund = Math.Round(f.Pupils * (f.School.Type == "primary" ? 720.0 : 940.0));
        var fromPublic = Math.Round(publicFund * (0.012 + (0.05 * f.Effort * f.Random.NextDouble())));
        var special = f.Does(0.4) ? f.Some(2, 30) * 1000 : 0;
        var local = f.Does(0.3) ? f.Some(1, 20) * 1000 : 0;
        var total = f.Random.NextDouble() < 0.02 ? 0 : fromPublic + special + local;
        var values = new Dictionary<string, object?>
        {
            ["spend_total"] = total,
            ["public_fund"] = publicFund,
            ["budget"] = Math.Round(total * (0.9 + (0.25 * f.Random.NextDouble()))),
            ["src_public"] = total == 0 ? 0 : fromPublic,
            ["src_special"] = total == 0 ? 0 : special,
            ["src_local"] = total == 0 ? 0 : local,
            ["src_social"] = 0,
            ["src_other"] = 0,
            ["parent_fee"] = false,
            ["ledger"] = f.Does(1.3),
        };
        var left = total;
        foreach (var use in Uses[..^1])
        {
            var part = Math.Round(left * f.Random.NextDouble() * 0.4);
            values[use] = part;
            left -= part;
        }

        values["use_other"] = left;
        return values;
    }

    public static Dictionary<string, object?> Results(Figures f) => new()
    {
        ["self_checks"] = f.Some(1, 3),
        ["self_score"] = Math.Round(60 + (38 * f.Effort)),
        ["inspector_visits"] = f.Does(1.2) ? f.Some(2, 5) : f.Some(0, 1),
        ["issues_open"] = f.Some(0, 2),
        ["issues_closed"] = f.Some(0, 3),
        ["issues_overdue"] = 0,
        ["brand"] = f.Does(0.5) ? SchoolValues.Option(f, "耕读园", "小工匠", "百草园", "厨艺社", "劳动币") : null,
        ["cases"] = f.Does(0.3) ? new[] { new Dictionary<string, object?> { ["title"] = "一米菜园里的劳动课", ["level"] = "county" } } : [],
        ["media_county"] = f.Some(0, 3),
        ["media_city"] = f.Some(0, 1),
        ["exchange"] = f.Some(0, 2),
        ["difficulties"] = f.Does(0.6) ? "专任教师不足，耗材经费偏紧。" : null,
        ["annual_report"] = f.Does(0.8),
    };
}
