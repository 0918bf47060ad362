using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gengdu.Architecture.Tests;

/// <summary>One known-bad range of a package.</summary>
/// <param name="Ecosystem">"nuget" or "npm".</param>
/// <param name="Package">Name; a star at the end stands for anything.</param>
/// <param name="Bad">Conditions that all hold, e.g. "&gt;=10.0.0 &lt;10.0.7"; "*" is every version.</param>
/// <param name="Id">CVE or advisory.</param>
/// <param name="Date">When the row was written.</param>
internal sealed record Advisory(string Ecosystem, string Package, string Bad, string Id, DateOnly Date);

/// <summary>The checked-in list.</summary>
internal sealed record AdvisoryList(DateOnly Updated, IReadOnlyList<Advisory> Advisories)
{
    public static AdvisoryList Read(string json) => JsonSerializer.Deserialize<AdvisoryList>(json, JsonSerializerOptions.Web)!;
}

/// <summary>A package that is used, and where that stands.</summary>
internal sealed record UsedPackage(string Ecosystem, string Name, string Version, string File);

/// <summary>
/// Compares the lock files with our own list of advisories. The package managers' audits need feeds that build machines
/// may not reach, and then call everything clean.
/// </summary>
internal static partial class AdvisoryGate
{
    public static IEnumerable<string> Hits(AdvisoryList list, IEnumerable<UsedPackage> used) => used
        .SelectMany(package => list.Advisories.Where(advisory => Concerns(advisory, package)).Select(advisory => $"{package.File}: {package.Name} {package.Version} is bad ({advisory.Bad}): {advisory.Id}"));

    public static IEnumerable<UsedPackage> FromNuGetLock(string file, string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var package in document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()))
        {
            if (package.Value.TryGetProperty("resolved", out var version))
            {
                yield return new("nuget", package.Name, version.GetString()!, file);
            }
        }
    }

    public static IEnumerable<UsedPackage> FromNpmLock(string file, string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var package in document.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0))
        {
            if (package.Value.TryGetProperty("version", out var version))
            {
                yield return new("npm", package.Name[(package.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..], version.GetString()!, file);
            }
        }
    }

    /// <summary>Packages fetched without a reference (YARP, EF design) stand in no lock file.</summary>
    public static IEnumerable<UsedPackage> FromDownloads(string file, string xml, string versions) => Download().Matches(xml).Select(match => new UsedPackage("nuget", match.Groups[1].Value,
        Property().Match(match.Groups[2].Value) is { Success: true } property
            ? Regex.Match(versions, $"<{property.Groups[1].Value}>([^<]+)<").Groups[1].Value
            : match.Groups[2].Value, file));

    public static bool IsBad(string version, string bad) => bad == "*" || bad.Split(' ').All(condition =>
    {
        var (sign, bound) = (condition.TrimEnd("0123456789.-abcdefghijklmnopqrstuvwxyz".ToCharArray()), condition.TrimStart('<', '>', '='));
        var compared = Compare(version, bound);
        return sign switch { "<" => compared < 0, "<=" => compared <= 0, ">" => compared > 0, ">=" => compared >= 0, "=" => compared == 0, _ => throw new FormatException($"{bad} is no range") };
    });

    private static bool Concerns(Advisory advisory, UsedPackage package) => advisory.Ecosystem == package.Ecosystem
        && (advisory.Package.EndsWith('*')
            ? package.Name.StartsWith(advisory.Package[..^1], StringComparison.OrdinalIgnoreCase)
            : package.Name.Equals(advisory.Package, StringComparison.OrdinalIgnoreCase))
        && IsBad(package.Version, advisory.Bad);

    /// <summary>By numbers; with equal numbers a pre-release comes before its release.</summary>
    private static int Compare(string left, string right)
    {
        var (a, b) = (left.Split('+')[0].Split('-', 2), right.Split('+')[0].Split('-', 2));
        var (x, y) = (a[0].Split('.'), b[0].Split('.'));
        for (var i = 0; i < Math.Max(x.Length, y.Length); i++)
        {
            var compared = Number(x, i).CompareTo(Number(y, i));
            if (compared != 0)
            {
                return compared;
            }
        }

        return (a.Length, b.Length) switch { (1, 2) => 1, (2, 1) => -1, (2, 2) => string.CompareOrdinal(a[1], b[1]), _ => 0 };
    }

    private static long Number(string[] parts, int index) => index < parts.Length ? long.Parse(parts[index], System.Globalization.CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("""<PackageDownload Include="([^"]+)" Version="\[([^\]]+)\]""")]
    private static partial Regex Download();

    [GeneratedRegex(@"^\$\((\w+)\)$")]
    private static partial Regex Property();
}
