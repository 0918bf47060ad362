using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Programmes;
using Gengdu.Analytics.Quality;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>An organisation of which something changed.</summary>
/// <param name="OrganisationId">Who reports.</param>
/// <param name="ModuleKey">The module; null for all.</param>
internal readonly record struct Change(Guid OrganisationId, string? ModuleKey);

/// <summary>
/// Figures follow facts: schools' parts of the indicators from their latest revisions alone, nodes from what lies below, all
/// in the caller's transaction and behind the cycle's lock. What is not there yet (roster, cycle, programme) is waited for:
/// its event recounts.
/// </summary>
internal sealed class SchoolFigures(ProgrammeShelf programmes)
{
    // Beyond this a double no longer holds nine decimals; no plausible count or sum of money comes near.
    private const double Largest = 1e15;

    /// <summary>After changes of single organisations; a review changes no values, and so nothing in the judging of quality.</summary>
    public async Task RecountAsync(NpgsqlConnection connection, Guid cycleId, IReadOnlyCollection<Change> changes, CancellationToken cancellationToken, bool reviewsAlone = false)
    {
        var cycle = await CycleFacts.FindAsync(connection, programmes, cycleId, cancellationToken);
        var changed = changes.GroupBy(change => change.OrganisationId).ToDictionary(
            group => group.Key, group => group.Any(c => c.ModuleKey is null) ? null : group.Select(c => c.ModuleKey!).ToHashSet());
        var modules = changed.Values.SelectMany(keys => cycle?.Formulas.Reading(keys) ?? [])
            .SelectMany(formula => formula.Indicator.ModulesUsed).Distinct().ToArray();
        var schools = await ReportingSchool.LoadAsync(connection, cycleId, [.. changed.Keys], modules, cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 120 };
        if (cycle is not null)
        {
            await cycle.ReadAsync(connection, programmes, schools, cancellationToken);
            var rows = schools.Where(school => school.Level == "school")
                .SelectMany(school => Of(cycle, school, cycle.Formulas.Reading(changed[school.OrganisationId]))).ToArray();
            // A place is summed up anew where a school's part is another than before, and nowhere else.
            RollUp.AddFigures(batch, cycleId, await SchoolParts.WriteAsync(connection, cycleId, rows, cancellationToken), cycle.Formulas);
        }

        RollUp.AddCompleteness(batch, cycleId, schools.Select(school => school.Path));
        if (!reviewsAlone)
        {
            batch.BatchCommands.Add(QualityMark.OfSchools(cycleId, [.. changed.Keys]));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Computes the given formulas for one school.</summary>
    public static IEnumerable<SchoolIndicator> Of(CycleFacts cycle, ReportingSchool school, IEnumerable<SchoolFormula> formulas)
    {
        var values = new ValueSet(cycle.Formulas.Programme);
        foreach (var (key, module) in school.Submitted)
        {
            values.Add(key, module.Values);
        }

        var context = new EvaluationContext(school.Context, cycle.Period);
        foreach (var formula in formulas)
        {
            var used = formula.Indicator.ModulesUsed;
            var (numerator, denominator, reason) = Evaluate(formula, school, values, context);
            yield return new()
            {
                CycleId = cycle.Id,
                NodePath = school.NodePath,
                OrganisationId = school.OrganisationId,
                Path = school.Path,
                Indicator = formula.Indicator.Id,
                Numerator = numerator,
                Denominator = denominator,
                Reason = reason,
                Approved = used.All(module => school.Submitted.TryGetValue(module, out var submitted) && submitted.Approved),
                // While a module is not there, nothing of the others counts: their coming changes no figure, and none gets newer by it.
                AsOf = reason is SchoolIndicator.NotSubmitted or SchoolIndicator.NotCollected ? null
                    : used.Max(module => school.Submitted.TryGetValue(module, out var submitted) ? submitted.AsOf : (DateTimeOffset?)null),
            };
        }
    }

    private static (decimal? Numerator, decimal? Denominator, string? Reason) Evaluate(
        SchoolFormula formula, ReportingSchool school, ValueSet values, EvaluationContext context)
    {
        var indicator = formula.Indicator;
        if (school.Exempt)
        {
            return (null, null, SchoolIndicator.Exempt);
        }

        if (!indicator.ModulesUsed.All(school.ModuleKeys.Contains))
        {
            return (null, null, SchoolIndicator.NotCollected);
        }

        var outcome = IndicatorEvaluator.Evaluate(indicator, values, context);
        if (outcome.Reason == IndicatorOutcome.DoesNotApply && formula.AppliesModules.All(school.Submitted.ContainsKey))
        {
            return (null, null, IndicatorOutcome.DoesNotApply);
        }

        // A formula may take a missing number for zero; a module that was never handed in is not zero.
        if (!indicator.ModulesUsed.All(school.Submitted.ContainsKey))
        {
            return (null, null, SchoolIndicator.NotSubmitted);
        }

        return outcome.HasValue && (Math.Abs(outcome.Numerator) > Largest || Math.Abs(outcome.Denominator) > Largest) ? (null, null, IndicatorOutcome.Broken)
            : outcome.HasValue ? (Exact(outcome.Numerator), Exact(outcome.Denominator), null)
            : (null, null, outcome.Reason);
    }

    private static decimal Exact(double value) => Math.Round((decimal)value, 9);
}
