using Gengdu.Rules;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>A number as it is known within, before it is decided whether it is told.</summary>
internal readonly record struct KnownNumber(string Path, string Indicator, decimal? Value);

/// <summary>A publication before, with what everybody saw of it.</summary>
internal sealed record EarlierPublication(int Number, ILookup<string, SchoolPart> Parts, IReadOnlyDictionary<(string Path, string Indicator), OpenCell> Cells);

/// <summary>Makes the cells of a publication.</summary>
internal static class OpenCells
{
    /// <param name="cycleId">The cycle.</param>
    /// <param name="number">Of the publication.</param>
    /// <param name="indicators">Of the programme.</param>
    /// <param name="numbers">Of every place.</param>
    /// <param name="parts">What the schools gave, by indicator.</param>
    /// <param name="earlier">All publications of the cycle before.</param>
    public static IReadOnlyList<OpenCell> Of(
        Guid cycleId, int number, IEnumerable<Indicator> indicators, IReadOnlyList<KnownNumber> numbers, ILookup<string, SchoolPart> parts, IReadOnlyList<EarlierPublication> earlier)
    {
        var byIndicator = numbers.ToLookup(known => known.Indicator);
        var cells = new List<OpenCell>();
        foreach (var family in indicators.Where(indicator => byIndicator.Contains(indicator.Id)).GroupBy(SameSchools).Select(family => family.Select(indicator => indicator.Id).ToList()))
        {
            var told = Told(family, byIndicator, parts, earlier);
            foreach (var indicator in family)
            {
                var schools = Disclosure.Count([], parts[indicator].Select(part => part.NodePath));
                cells.AddRange(byIndicator[indicator].Select(known => told[indicator].Contains(known.Path)
                    ? Fresh(cycleId, number, known, schools.GetValueOrDefault(known.Path)) : Withheld(cycleId, number, known, earlier)));
            }
        }

        return [.. cells.OrderBy(cell => cell.Path, StringComparer.Ordinal).ThenBy(cell => cell.Indicator, StringComparer.Ordinal)];
    }

    /// <summary>Indicators over the same pupils or classes of the same schools: one may be what is left of another, so what one does not tell, none does.</summary>
    private static string SameSchools(Indicator indicator) => $"{indicator.Kind}\n{indicator.Denominator}\n{indicator.Applies}";

    private static Dictionary<string, HashSet<string>> Told(
        List<string> family, ILookup<string, KnownNumber> numbers, ILookup<string, SchoolPart> parts, IReadOnlyList<EarlierPublication> earlier)
    {
        var places = family.ToDictionary(indicator => indicator, indicator => numbers[indicator].Select(known => known.Path).ToList());
        var withheld = new HashSet<string>();
        while (true)
        {
            var told = family.ToDictionary(indicator => indicator, indicator => Disclosure.Told(
                places[indicator], [.. parts[indicator]], [.. earlier.Select(before => Before(before, indicator))], withheld));
            var more = family.SelectMany(indicator => places[indicator].Except(told[indicator])).ToHashSet();
            if (more.IsSubsetOf(withheld))
            {
                return told;
            }

            withheld.UnionWith(more);
        }
    }

    private static EarlierParts Before(EarlierPublication before, string indicator) => new(
        [.. before.Parts[indicator]],
        before.Cells.Values.Where(cell => cell.Indicator == indicator && cell.State is OpenCell.Shown or OpenCell.None).Select(cell => cell.Path).ToHashSet());

    // Without a school there is nothing to tell; with schools and no value (a sum of zero below the line) the count alone is.
    private static OpenCell Fresh(Guid cycleId, int number, KnownNumber known, int schools) => new()
    {
        CycleId = cycleId,
        Number = number,
        Path = known.Path,
        Indicator = known.Indicator,
        State = schools == 0 || known.Value is null ? OpenCell.None : OpenCell.Shown,
        Value = schools == 0 ? null : known.Value,
        Schools = schools == 0 || known.Value is null ? null : schools,
        Since = number,
    };

    private static OpenCell Withheld(Guid cycleId, int number, KnownNumber known, IReadOnlyList<EarlierPublication> earlier)
    {
        var last = earlier.OrderByDescending(before => before.Number).Select(before => before.Cells.GetValueOrDefault((known.Path, known.Indicator)))
            .FirstOrDefault(cell => cell?.State == OpenCell.Shown);
        return new()
        {
            CycleId = cycleId,
            Number = number,
            Path = known.Path,
            Indicator = known.Indicator,
            State = last is null ? OpenCell.Hidden : OpenCell.Held,
            Value = last?.Value,
            Schools = last?.Schools,
            Since = last?.Number ?? number,
        };
    }
}
