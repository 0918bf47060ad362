using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>What a file says of its cycle, with the one before it in the same programme.</summary>
/// <param name="Closed">Nothing more comes in: otherwise the file calls its figures provisional.</param>
/// <param name="PreviousId">Null when there is none.</param>
internal sealed record ExportCycle(
    string NameZh, string NameEn, string PeriodKey, DateOnly Start, DateOnly End, DateTimeOffset? Deadline, bool Closed, Guid? PreviousId, string? PreviousZh, string? PreviousEn)
{
    public static async Task<ExportCycle> ReadAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select c.name_zh, c.name_en, c.period_key, c.period_start, c.period_end, (c.deadlines ->> 'school')::timestamptz,
              exists (select from cycle_closings x where x.cycle_id = c.id), p.id, p.name_zh, p.name_en
            from cycles c left join lateral (
              select b.id, b.name_zh, b.name_en from cycles b where b.programme_key = c.programme_key and b.period_start < c.period_start order by b.period_start desc, b.opened_at desc limit 1) p on true
            where c.id = $1
            """, connection) { Parameters = { new() { Value = cycleId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4),
            reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), reader.GetBoolean(6),
            reader.IsDBNull(7) ? null : reader.GetGuid(7), reader.IsDBNull(8) ? null : reader.GetString(8), reader.IsDBNull(9) ? null : reader.GetString(9));
    }
}
