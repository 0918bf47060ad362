namespace Gengdu.Analytics.OpenFigures;

/// <summary>What one school gave to one indicator in one publication: that it did, where it stood, and whether it was the same numbers as in another.</summary>
/// <param name="Print">Of numerator and denominator: the same only when both are.</param>
internal readonly record struct SchoolPart(Guid School, string NodePath, long Print);

/// <summary>An earlier publication of the cycle, as everybody knows it.</summary>
/// <param name="Fresh">Places whose number was told as it then was, or was told to be empty.</param>
internal sealed record EarlierParts(IReadOnlyList<SchoolPart> Parts, IReadOnlySet<string> Fresh);
