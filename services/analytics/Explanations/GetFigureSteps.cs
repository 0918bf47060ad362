using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Explanations;

internal static class GetFigureSteps
{
    /// <summary>
    /// From a school's number down to the cells and the revisions, and from the cells up through the formula. Another version of
    /// the programme may be asked for: what was computed with it is computed again, to the last digit.
    /// </summary>
    public static async Task<Results<Ok<FigureStepsResponse>, ProblemHttpResult>> HandleAsync(
        string indicator, Guid organisationId, Guid cycleId, string? programmeVersion, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        if (head is null || !head.IsSchool)
        {
            return (problem ?? AnalyticsProblems.FigureOfANode).ToHttpResult();
        }

        var cycle = (await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken))!;
        var asked = programmeVersion is null ? cycle.Formulas : await programmes.FindAsync(connection, cycle.Formulas.Programme.Key, programmeVersion, cancellationToken);
        if (asked?.Programme.Indicators.FirstOrDefault(i => i.Id == indicator) is not { } definition)
        {
            return AnalyticsProblems.UnknownIndicator.ToHttpResult();
        }

        var inForce = asked.Programme.Version == cycle.Formulas.Programme.Version;
        var school = (await ReportingSchool.LoadAsync(connection, cycleId, [organisationId], [.. definition.ModulesUsed], cancellationToken)).FirstOrDefault(s => s.Level == "school");
        if (school is null)
        {
            return AnalyticsProblems.NotOnRoster.ToHttpResult();
        }

        var stored = await StoredPart.ReadAsync(connection, head.Place, school, indicator, cycleId, cancellationToken);
        var asThen = cycle with { Formulas = asked };
        await asThen.ReadAsync(connection, programmes, [school], cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, filter: new { cycleId, indicator });
        return TypedResults.Ok(Compose(head, asThen, definition, school, stored, inForce));
    }

    private static FigureStepsResponse Compose(FigureHead head, CycleFacts cycle, Indicator definition, ReportingSchool school, StoredPart stored, bool inForce)
    {
        var programme = cycle.Formulas.Programme;
        var formula = cycle.Formulas.OfSchools.FirstOrDefault(f => f.Indicator.Id == definition.Id);
        var values = new ValueSet(programme);
        foreach (var (key, module) in school.Submitted)
        {
            values.Add(key, module.Values);
        }

        var trace = IndicatorTracer.Trace(definition, values, new(school.Context, cycle.Period));
        var recomputed = formula is null ? new(null, null, null, IndicatorOutcome.NotComputed) : Outcome(definition, SchoolFigures.Of(cycle, school, [formula]).Single());
        var measured = new Measured(true, recomputed.Numerator, recomputed.Denominator, definition.Target is { Median: true } ? stored.Median * definition.Factor : definition.Target?.Value);
        var was = stored.Outcome is { } row ? Outcome(definition, row) : null;
        return new(
            head.Place.Organisation, stored.Parents, cycle.Id, DefinitionResponse.Of(programme, definition), inForce,
            new(school.Context.Type, school.Context.Grades, school.Context.UrbanRural, school.Context.RunBy),
            [.. definition.ModulesUsed.Select(key => stored.Module(key, programme))], [.. Cells(programme, definition, school)],
            [.. trace.Expressions.Select(e => new ExpressionResponse(e.Part, e.Text,
                [.. e.Steps.Select(s => new StepResponse(s.Text, s.Value, s.Failed, s.Items is null ? null : [.. s.Items.Select(i => new StepItemResponse(i.Item, i.Value))]))]))],
            trace.MissingFields, was, recomputed, inForce && was is not null ? was == recomputed : null, measured.Target,
            definition.Kind == "dispersion" ? "none" : Rating.Light(definition, measured));
    }

    private static OutcomeResponse Outcome(Indicator definition, SchoolIndicator row) => new(
        row.Numerator, row.Denominator, Rating.Shown(definition, new(true, row.Numerator, row.Denominator, null)), row.Reason);

    private static IEnumerable<CellResponse> Cells(Programme programme, Indicator definition, ReportingSchool school)
    {
        foreach (var key in definition.FieldsUsed)
        {
            var module = programme.ModuleOf(key)!.Key;
            if (!school.Submitted.TryGetValue(module, out var submitted) || !submitted.Values.TryGetProperty(key, out var value))
            {
                continue;
            }

            if (!programme.Field(key)!.IsMatrix || value.ValueKind != System.Text.Json.JsonValueKind.Object)
            {
                yield return new(key, key, null, module, value);
                continue;
            }

            foreach (var grade in programme.Grades)
            {
                if (value.TryGetProperty(grade.Key, out var cell))
                {
                    yield return new($"{key}/{grade.Key}", key, grade.Key, module, cell);
                }
            }
        }
    }
}
