using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>What must hold of every answer. Each says what is wrong, or nothing.</summary>
internal static class Oracles
{
    /// <param name="cell">Who asked for what.</param>
    /// <param name="wanted">The status it must have: 200 for every 2xx.</param>
    /// <param name="answer">What came.</param>
    /// <param name="canaries">By which a leak is known.</param>
    /// <param name="nothing">The refusal of the same route for something that does not exist; null where it takes no id.</param>
    public static IEnumerable<string> Faults(Cell cell, int wanted, Answer answer, Canaries canaries, string? nothing)
    {
        if (wanted == 200 ? !answer.IsFine : answer.Status != wanted)
        {
            yield return $"{cell}: {answer.Status} instead of {(wanted == 200 ? "2xx" : wanted)}: {Short(answer.Body)}";
        }

        // A refusal says nothing of anybody; any other answer nothing of those whom the asker may not see.
        foreach (var (place, kind) in canaries.In($"{answer.Headers}\n{answer.Body}", answer.Said).Distinct().Where(mark => !answer.IsFine || !Canaries.MaySee(cell.Who, mark.Place, mark.Kind)))
        {
            yield return $"{cell}: the answer ({answer.Status}) shows {kind} of {place}";
        }

        if (answer.Status is 401 or 403 or 404)
        {
            if (!answer.IsProblem())
            {
                yield return $"{cell}: the refusal is no problem as all are: {answer.Headers} {Short(answer.Body)}";
            }

            if (answer.Headers.Split('\n').Any(line => line.StartsWith("ETag:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Location:", StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"{cell}: the refusal has an ETag or a Location";
            }
        }

        if (answer.Status == 404 && wanted == 404 && nothing is not null && answer.Refusal() != nothing)
        {
            yield return $"{cell}: what is foreign is refused otherwise than what does not exist: {Short(answer.Refusal())} and {Short(nothing)}";
        }
    }

    private static string Short(string text) => text.Length > 300 ? text[..300] : text;
}
