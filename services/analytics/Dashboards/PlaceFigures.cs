namespace Gengdu.Analytics.Dashboards;

/// <summary>The figures of places as SQL: one query for whoever reads many of them at once.</summary>
internal static class PlaceFigures
{
    /// <summary>
    /// Figures of the cycle $1 at paths from $4 until before $5: the indicators $2 as they are kept, and those of $3 as completeness has them, since a figure
    /// counted from the roster has no row of its own. "submitted" is what the approved are a share of.
    /// </summary>
    public const string Sql = """
        select path, parent_path, indicator, numerator, denominator, due, reported, approved, reported as submitted, as_of from node_figures
        where cycle_id = $1 and indicator = any($2) and path >= $4 and path < $5
        union all
        select n.path, n.parent_path, i.id, n.on_time::numeric, n.due::numeric, n.due, n.due, n.county_approved, n.submitted, n.as_of
        from node_completeness n, unnest($3) i(id)
        where n.cycle_id = $1 and n.path >= $4 and n.path < $5 and exists (select from node_figures f where f.cycle_id = $1 and f.path = n.path)
        """;
}
