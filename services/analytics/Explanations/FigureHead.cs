using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>What every explanation starts with: the place, if the caller may see it, the cycle's formulas and one of its indicators.</summary>
internal sealed record FigureHead(DashboardHead Place, Indicator Indicator)
{
    public bool IsSchool => Place.IsSchool;

    public Formulas Formulas => Place.Formulas;

    public static async Task<(FigureHead? Head, Problem? Problem)> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, string indicator, Guid organisationId, Guid cycleId, CancellationToken cancellationToken)
    {
        var (place, problem) = await DashboardHead.ReadAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        return place is null ? (null, problem)
            : place.Formulas.Programme.Indicators.FirstOrDefault(i => i.Id == indicator) is { } found ? (new(place, found), null)
            : (null, AnalyticsProblems.UnknownIndicator);
    }
}
