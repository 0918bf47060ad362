using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Comparisons;

/// <summary>The numbers of one section of a form, added up over the schools of a place: a treemap of money by use.</summary>
/// <param name="AsOf">Newest submission in it; null before the first.</param>
/// <param name="Behind">More has come since: of a place with very many schools what was counted last is shown.</param>
/// <param name="Total">Of all parts; null before the first.</param>
/// <param name="Due">Schools that owe the module.</param>
/// <param name="Parts">In the order of the form.</param>
public sealed record SumsResponse(
    OrganisationResponse Organisation, Guid CycleId, string Module, string Section, Text Name, Text? Unit, DateTimeOffset? AsOf, bool Behind, decimal? Total, int Due, IReadOnlyList<SumResponse> Parts);

/// <summary>One field.</summary>
/// <param name="Sum">Null when no school has written anything there.</param>
/// <param name="Reported">Schools that have.</param>
public sealed record SumResponse(string Field, Text Name, decimal? Sum, int Reported);

internal static class GetSums
{
    public static async Task<Results<Ok<SumsResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, string module, string section, Caller caller, Database database, ProgrammeShelf programmes, GroupShelf shelf, AuditTrail trail,
        CancellationToken cancellationToken)
    {
        DashboardHead? head;
        Problem? problem;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        }

        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var fields = FieldSums.Fields(head.Formulas.Programme, module, section);
        if (fields.Count == 0)
        {
            return AnalyticsProblems.NothingToSum.ToHttpResult();
        }

        var name = head.Formulas.Programme.Module(module)!.Sections.First(one => one.Key == section).Name;
        // Numbers of different kinds have no sum of their own.
        var unit = fields.Select(field => field.Unit).Distinct().Count() == 1 ? fields[0].Unit : null;
        var (rows, behind) = await shelf.ReadAsync(FieldSums.Question(programmes, head, module, section, cycleId), cancellationToken);
        await trail.SawAsync("figure", organisationId, head.CyclePath, rows.Groups.Count, new { cycleId, module, section });
        return TypedResults.Ok(new SumsResponse(
            head.Organisation, cycleId, module, section, DefinitionResponse.Both(name)!, DefinitionResponse.Both(unit), rows.AsOf, behind, unit is null ? null : rows.Whole.Value, rows.Whole.Due,
            [.. rows.Groups.Select(part => new SumResponse(part.Key, part.Name!, part.Value, part.Reported))]));
    }
}
