using System.Text.Json;
using Gengdu.Rules;

namespace Gengdu.Analytics.Explanations;

/// <summary>Which versions of an indicator there were, and from when to when each made figures.</summary>
internal static class DefinitionHistory
{
    /// <summary>Whether two versions give, rate or say another thing; what a file happened to be called does not count.</summary>
    public static bool Differs(Indicator one, Indicator other) => Content(one) != Content(other);

    /// <summary>Versions that follow each other unchanged are one.</summary>
    /// <param name="versions">All versions of a programme, oldest first, each with the periods of the cycles that use it.</param>
    /// <param name="id">The indicator.</param>
    public static IReadOnlyList<DefinitionVersionResponse> Of(IReadOnlyList<(Programme Programme, IReadOnlyList<(DateOnly Start, DateOnly End)> Periods)> versions, string id)
    {
        var found = new List<(Indicator Definition, DefinitionVersionResponse Row)>();
        foreach (var (programme, periods) in versions)
        {
            if (programme.Indicators.FirstOrDefault(i => i.Id == id) is not { } definition)
            {
                continue;
            }

            var (from, until) = (periods.Count == 0 ? (DateOnly?)null : periods.Min(p => p.Start), periods.Count == 0 ? (DateOnly?)null : periods.Max(p => p.End));
            if (found.Count > 0 && !Differs(found[^1].Definition, definition))
            {
                var last = found[^1].Row;
                found[^1] = (definition, last with
                {
                    ProgrammeVersions = [.. last.ProgrammeVersions, programme.Version], EffectiveFrom = Earlier(last.EffectiveFrom, from), EffectiveUntil = Later(last.EffectiveUntil, until),
                    Cycles = last.Cycles + periods.Count,
                });
                continue;
            }

            found.Add((definition, new(DefinitionResponse.Of(programme, definition), [programme.Version], from, until, periods.Count)));
        }

        return [.. found.Select(pair => pair.Row)];
    }

    private static string Content(Indicator indicator) => JsonSerializer.Serialize(indicator, JsonSerializerOptions.Web);

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other ?? one : one;

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other ?? one : one;
}
