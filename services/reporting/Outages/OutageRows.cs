using System.Data.Common;
using System.Text.Json;

namespace Gengdu.Reporting.Outages;

/// <summary>Outages since a cycle opened, read in the statement that reads a window.</summary>
internal static class OutageRows
{
    /// <summary>Null where there was none, which is nearly always.</summary>
    public const string Column = "(select jsonb_agg(jsonb_build_array(o.id, o.started_at, o.ended_at, o.grace_minutes)) from outages o where o.ended_at >= c.opens_at)";

    public static IReadOnlyList<Outage> Read(DbDataReader row)
    {
        var column = row.GetOrdinal("outages");
        return row.IsDBNull(column) ? [] : [.. JsonElement.Parse(row.GetString(column)).EnumerateArray().Select(outage => new Outage
        {
            Id = outage[0].GetGuid(),
            StartedAt = outage[1].GetDateTimeOffset(),
            EndedAt = outage[2].GetDateTimeOffset(),
            NoticedAt = outage[2].GetDateTimeOffset(),
            GraceMinutes = outage[3].GetInt32(),
        })];
    }
}
