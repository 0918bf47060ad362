namespace Gengdu.Province.Values;

/// <summary>Teachers and assessment.</summary>
internal static class StaffValues
{
    public static Dictionary<string, object?> Staff(Figures f)
    {
        var all = f.FullTimeLabor + f.PartTimeLabor;
        var needed = f.Classes.Sum(c => c.Value * f.WeeklyHours[c.Key]);
        var (senior, mid) = (f.ShareOf(all, 0.1, 0.3), f.ShareOf(all, 0.3, 0.5));
        var junior = Math.Max(0, Math.Min(all - senior - mid, f.ShareOf(all, 0.2, 0.4)));
        var trained = f.ShareOf(all, f.Effort - 0.2, f.Effort + 0.2);
        return new()
        {
            ["ft_labor"] = f.FullTimeLabor,
            ["pt_labor"] = f.PartTimeLabor,
            ["mentors"] = f.Does(0.9) ? f.Some(1, 6) : 0,
            ["related_major"] = f.ShareOf(all, 0, 0.3),
            ["roster"] = Roster(f, all, needed),
            ["title_senior"] = senior,
            ["title_mid"] = mid,
            ["title_junior"] = junior,
            ["title_none"] = all - senior - mid - junior,
            ["trained"] = trained,
            ["trained_county"] = trained,
            ["trained_school"] = all,
            ["training_hours"] = trained * f.Some(6, 24),
            ["all_staff_training"] = f.Some(0, 3),
            ["workload_counted"] = f.Does(1.1),
            ["title_channel"] = f.Does(0.7),
            ["studios"] = f.Does(0.15) ? 1 : 0,
        };
    }

    public static Dictionary<string, object?> Evaluation(Figures f)
    {
        var recorded = f.ShareOf(f.Pupils, f.Effort, 1);
        var graded = f.ShareOf(recorded, 0.9, 1);
        var (a, b) = (f.ShareOf(graded, 0.25, 0.4), f.ShareOf(graded, 0.3, 0.4));
        var d = f.ShareOf(graded, 0, 0.02);
        return new()
        {
            ["scheme"] = f.Does(1.2),
            ["in_quality_eval"] = f.Does(1.2),
            ["evaluators"] = new[] { "self", "peers", "teachers", "parents" }.Where((_, i) => i == 2 || f.Does()).ToArray(),
            ["recorded"] = recorded,
            ["archived"] = f.ShareOf(recorded, 0.6, 1),
            ["publicity_days"] = f.Some(0, 7),
            ["audited"] = f.Does(),
            ["result_a"] = a,
            ["result_b"] = b,
            ["result_c"] = Math.Max(0, graded - a - b - d),
            ["result_d"] = Math.Min(d, Math.Max(0, graded - a - b)),
            ["contests"] = f.Some(0, 4),
            ["contest_participants"] = f.ShareOf(f.Pupils, 0, 0.4),
            ["commended_pupils"] = f.ShareOf(f.Pupils, 0, 0.05),
            ["commended_teachers"] = f.Some(0, 4),
        };
    }

    private static object[] Roster(Figures f, int all, double needed)
    {
        var each = Math.Clamp(Math.Round(needed / all * 2, MidpointRounding.AwayFromZero) / 2, 0.5, 24);
        return [.. Enumerable.Range(1, all).Select(i => new Dictionary<string, object?>
        {
            ["staff_ref"] = $"T{i:D3}",
            ["employment"] = i <= f.FullTimeLabor ? "ft" : "pt",
            ["hours"] = i <= f.FullTimeLabor ? Math.Min(24, each + 2) : each,
            ["trained_hours"] = f.Some(0, 24),
        })];
    }
}
