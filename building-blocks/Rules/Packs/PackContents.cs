namespace Gengdu.Rules.Packs;

/// <summary>A file of a pack, for saying where something is wrong.</summary>
internal sealed record PackSource(string File, JsonPositions? Positions)
{
    public PackProblem Problem(string pointer, string reason, int offset = 0)
    {
        var (line, column) = Positions?.Of(pointer, offset) ?? (0, 0);
        return new PackProblem(File, line, column, Positions is null && pointer.Length > 0 ? $"{pointer}: {reason}" : reason);
    }
}

internal sealed record PackModule(PackSource Source, Module Content);

/// <summary>A pack as read, before its parts were compared with each other.</summary>
internal sealed record PackContents(
    PackSource HeadSource,
    ProgrammeHead Head,
    IReadOnlyList<PackModule> Modules,
    PackSource IndicatorsSource,
    IndicatorFile Indicators,
    string Json);
