using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Explanations;

/// <summary>One number parted by what kind of schools it comes from, and how the schools spread within each part.</summary>
/// <param name="By">The dimension.</param>
/// <param name="Overlaps">Whether a school may be in several groups: a nine-year school has two stages.</param>
/// <param name="Whole">All schools of the place.</param>
/// <param name="Groups">Most schools first, classes of size by size; without the schools that have nothing to go by.</param>
/// <param name="AsOf">Newest submission or review in it; null before the first.</param>
/// <param name="Behind">More has come since: of a place with very many schools what was counted last is shown, and counted anew meanwhile.</param>
public sealed record BreakdownResponse(
    OrganisationResponse Organisation, Guid CycleId, string Indicator, string By, bool Overlaps, DateTimeOffset? AsOf, bool Behind, string FormulaVersion,
    GroupResponse Whole, IReadOnlyList<GroupResponse> Groups);

/// <summary>Some of the schools.</summary>
/// <param name="Key">Of the group: a key of the programme, "approved" or "waiting", "boarding" or "day", the bounds of a class of size ("100-299", "2000-"), a level, a type and a setting with a space between them, or the id of a city or county; "" for schools of which it is not known.</param>
/// <param name="Name">Of the city or county; null for other groups.</param>
/// <param name="Value">Sum of numerators by sum of denominators; null without data. Of a dispersion the spread within the group.</param>
/// <param name="Due">Schools it applies to.</param>
/// <param name="Reported">Schools with a value.</param>
/// <param name="Approved">Of these, how many passed a level of review.</param>
/// <param name="Spread">Of the schools' own values; null when none has one.</param>
public sealed record GroupResponse(
    string Key, Text? Name, decimal? Value, string Light, decimal? Numerator, decimal? Denominator, int Due, int Reported, int Approved, SpreadResponse? Spread);

/// <summary>How schools differ, in the unit of the value.</summary>
/// <param name="Schools">With a value over a denominator above zero.</param>
/// <param name="Variation">Standard deviation by mean; null when the mean is zero.</param>
public sealed record SpreadResponse(
    int Schools, decimal Minimum, decimal LowerQuartile, decimal Median, decimal UpperQuartile, decimal Maximum, decimal Mean, decimal Deviation, decimal? Variation);

internal static class GetBreakdown
{
    /// <summary>Counted from the schools' rows when it is asked for and kept until they change; of very many schools kept a little longer, which it says.</summary>
    public static async Task<Results<Ok<BreakdownResponse>, ProblemHttpResult>> HandleAsync(
        string indicator, Guid organisationId, Guid cycleId, string by, Caller caller, Database database, ProgrammeShelf programmes, GroupShelf shelf,
        AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        if (head is null || head.IsSchool)
        {
            return (problem ?? AnalyticsProblems.FigureOfASchool).ToHttpResult();
        }

        if (Dimension.Of(by, head.Formulas.Programme) is not { } dimension || head.Indicator.Numerator is null || head.Indicator.Later is not null)
        {
            return AnalyticsProblems.NoBreakdown.ToHttpResult();
        }

        await connection.DisposeAsync();
        var (groups, behind) = await shelf.ReadAsync(head, dimension, cycleId, cancellationToken);
        var seen = await groups.SeenAsync(caller, head.Place, dimension, database, cancellationToken);
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, seen.Count, new { cycleId, indicator, by });
        return TypedResults.Ok(new BreakdownResponse(
            head.Place.Organisation, cycleId, indicator, by, dimension.Overlaps, groups.AsOf, behind, head.Formulas.Programme.IndicatorsVersion, groups.Whole, seen));
    }
}
