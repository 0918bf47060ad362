using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Dashboards;

/// <summary>One row of node_completeness.</summary>
internal sealed record Completeness(
    int Schools, int Due, int Submitted, int OnTime, int CountyApproved, int CityApproved, int Accepted, int Returned, DateTimeOffset? AsOf, int Exempt)
{
    public const string Columns = "n.schools, n.due, n.submitted, n.on_time, n.county_approved, n.city_approved, n.accepted, n.returned, n.as_of, n.exempt";

    /// <summary>A place that is not in the cycle: nothing due, nothing there.</summary>
    public static readonly Completeness None = new(0, 0, 0, 0, 0, 0, 0, 0, null, 0);

    public static Completeness Read(NpgsqlDataReader reader, int first) => new(
        reader.GetInt32(first), reader.GetInt32(first + 1), reader.GetInt32(first + 2), reader.GetInt32(first + 3), reader.GetInt32(first + 4),
        reader.GetInt32(first + 5), reader.GetInt32(first + 6), reader.GetInt32(first + 7),
        reader.IsDBNull(first + 8) ? null : reader.GetFieldValue<DateTimeOffset>(first + 8), reader.GetInt32(first + 9));

    /// <summary>On-time reporting as an indicator: the roster is its denominator, so it cannot pass 100 %.</summary>
    public Measured Timeliness(Indicator indicator) => new(Due > 0, OnTime, Due, indicator.Target?.Value);

    public CompletenessResponse ToResponse() => new(
        Schools, Due, Submitted, OnTime, Submitted - OnTime, CountyApproved, CityApproved, Accepted, Returned, Share(Submitted, Due), Share(OnTime, Due), Exempt);

    public static decimal? Share(int part, int whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
}
