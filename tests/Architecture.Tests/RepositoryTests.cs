using System.Text.RegularExpressions;

namespace Gengdu.Architecture.Tests;

/// <summary>What must not stand in the repository.</summary>
public sealed partial class RepositoryTests
{
    private static readonly string[] Texts = [".cs", ".csproj", ".props", ".json", ".md", ".sh", ".ts", ".vue", ".mjs", ".yml", ".yaml", ".sql", ".txt", ".csv", ".slnx", ".npmrc", ".config", ""];

    [Fact]
    public void File_NamesNoPlaceOfOneMachine() => Violations.None(Lines(MachinePath()));

    [Fact]
    public void File_NamesNoPackageSource() => Violations.None(Lines(PackageSource()));

    [Fact]
    public void File_HoldsNoPrivateKey() => Violations.None(Lines(PrivateKey()));

    [Fact]
    public void Packages_AreOfOneExactVersionEach()
    {
        Assert.DoesNotMatch(Floating(), Sources.Read("Directory.Packages.props"));
        Violations.None(Sources.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("bench/", StringComparison.Ordinal)
            && VersionInProject().IsMatch(Sources.Read(file))));
    }

    [Fact]
    public void Project_HasItsLockFile() => Violations.None(Sources.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("bench/", StringComparison.Ordinal))
        .Where(file => !Sources.Files.Contains($"{file[..file.LastIndexOf('/')]}/packages.lock.json")));

    private static IEnumerable<string> Lines(Regex pattern) => Sources.Files.Where(file => Texts.Contains(Path.GetExtension(file)))
        .SelectMany(file => Sources.Read(file).Split('\n').Index().Where(line => pattern.IsMatch(line.Item)).Select(line => $"{file}:{line.Index + 1}: {line.Item.Trim()[..Math.Min(120, line.Item.Trim().Length)]}"));

    // A home or work folder by its full path, as pasted from a terminal.
    [GeneratedRegex("""(?:^|[\s"'=(:])/(?:root|work|Users|home/[a-z]\w*)/[\w.]""")]
    private static partial Regex MachinePath();

    [GeneratedRegex("""<add key="[^"]+" value="https?://|"resolved":\s*"https?://|^\s*registry\s*=\s*http|--(?:source|index-url|registry)[ =]+https?://""")]
    private static partial Regex PackageSource();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex("""Version="[^"]*[*\[(]""")]
    private static partial Regex Floating();

    [GeneratedRegex("""<PackageReference [^>]*Version=""")]
    private static partial Regex VersionInProject();
}
