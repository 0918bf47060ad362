using System.Text.RegularExpressions;

namespace Gengdu.Architecture.Tests;

/// <summary>The README's walk from the click to the chart stays short enough to be walked.</summary>
public sealed partial class WalkTests
{
    [Fact]
    public void Walk_IsTwelveFilesAtMost() => Assert.InRange(Files().Count, 8, 12);

    [Fact]
    public void Walk_EachFileIsThere() => Violations.None(Files().Where(file => !Sources.Files.Contains(file)));

    [Fact]
    public void Walk_HasLessThanNineHundredLinesOfCode() => Assert.InRange(Files().Sum(file => Sources.Read(file).Split('\n').Count(line => !IsNoCode(line.Trim()))), 1, 899);

    private static List<string> Files()
    {
        var readme = Sources.Read("README.md");
        var walk = readme[readme.IndexOf("## The walk", StringComparison.Ordinal)..];
        return [.. Step().Matches(walk[..walk.IndexOf("Side branch", StringComparison.Ordinal)]).Select(step => step.Groups[1].Value)];
    }

    private static bool IsNoCode(string line) =>
        line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("/*", StringComparison.Ordinal) || line.StartsWith("using ", StringComparison.Ordinal)
        || line.StartsWith("import ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\d+\. \[`[^`]+`\]\(([^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Step();
}
