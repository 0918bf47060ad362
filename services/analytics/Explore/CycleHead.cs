using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explore;

/// <summary>One cycle of a question: the place there, and which of the indicators it has.</summary>
internal sealed record CycleHead(Guid Id, ServiceDefaults.Text Name, DateOnly Start, DashboardHead Place, IReadOnlyList<Indicator> Indicators, int Schools, DateTimeOffset? AsOf)
{
    public static async Task<CycleHead> ReadAsync(NpgsqlConnection connection, Guid cycleId, DashboardHead place, IReadOnlyList<string> indicators, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select c.name_zh, c.name_en, c.period_start, coalesce(n.schools, 0), n.as_of from cycles c left join node_completeness n on n.cycle_id = c.id and n.path = $2 where c.id = $1
            """, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = place.CyclePath } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        // In the programme's order, which is that of the pages.
        var known = place.Formulas.Programme.Indicators.Where(indicator => indicator.Later is null && indicators.Contains(indicator.Id));
        return new(
            cycleId, new(reader.GetString(0), reader.GetString(1)), reader.GetFieldValue<DateOnly>(2), place, [.. known], reader.GetInt32(3),
            await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(4));
    }
}
