using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Gengdu.Architecture.Tests;

/// <summary>The advisory gate over the lock files, and that it catches what it is for.</summary>
public sealed class AdvisoryTests
{
    private const string File = "tests/Architecture.Tests/advisories.json";
    private static readonly AdvisoryList List = AdvisoryList.Read(Sources.Read(File));

    [Fact]
    public void UsedPackages_AreInNoKnownBadRange()
    {
        var used = Used().ToList();
        Assert.Contains(used, package => package is { Ecosystem: "nuget", Name: "MassTransit" });
        Assert.Contains(used, package => package is { Ecosystem: "nuget", Name: "Yarp.ReverseProxy" });
        Assert.Contains(used, package => package is { Ecosystem: "npm", Name: "vue" });
        Violations.None(AdvisoryGate.Hits(List, used));
    }

    /// <summary>
    /// At most thirty days older than the newest commit, not than today: a commit that was green stays green for ever, and
    /// whoever goes on working is asked to look at the advisories once a month.
    /// </summary>
    [Fact]
    public void List_IsNotOlderThanThirtyDaysAtTheNewestCommit()
    {
        if (Sources.Git("log", "-1", "--format=%cI") is not { Length: > 0 } newest)
        {
            return; // a source archive without history: nothing goes on there
        }

        var committed = DateOnly.FromDateTime(DateTimeOffset.Parse(newest.Trim(), CultureInfo.InvariantCulture).UtcDateTime);
        Assert.True(committed.DayNumber - List.Updated.DayNumber <= 30, $"{File} was last updated on {List.Updated:O}: look through the advisories since then, add rows, set the date.");
        Assert.All(List.Advisories, advisory => Assert.True(advisory.Date <= List.Updated, $"{advisory.Id} is dated after the list"));
    }

    [Fact]
    public void Reference_StandsInTheProjectsLockFile()
    {
        var everywhere = XDocument.Parse(Sources.Read("Directory.Build.props")).Descendants("PackageReference").Where(package => package.Parent!.Attribute("Condition") is null);
        foreach (var project in Sources.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            var locked = AdvisoryGate.FromNuGetLock(project, Sources.Read($"{project[..project.LastIndexOf('/')]}/packages.lock.json")).Select(package => package.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var references = XDocument.Parse(Sources.Read(project)).Descendants("PackageReference").Concat(everywhere).Select(package => package.Attribute("Include")!.Value);
            Violations.None(references.Where(name => !locked.Contains(name)).Select(name => $"{project}: {name}"));
        }

        using var web = JsonDocument.Parse(Sources.Read("web/package.json"));
        var npm = AdvisoryGate.FromNpmLock("web", Sources.Read("web/package-lock.json")).Select(package => package.Name).ToHashSet();
        Violations.None(new[] { "dependencies", "devDependencies" }.SelectMany(kind => web.RootElement.GetProperty(kind).EnumerateObject()).Select(package => package.Name).Where(name => !npm.Contains(name)));
    }

    [Theory]
    [InlineData("nuget", "Microsoft.AspNetCore.DataProtection", "10.0.6", true)]
    [InlineData("nuget", "Microsoft.AspNetCore.DataProtection.Abstractions", "8.0.0", true)]
    [InlineData("nuget", "Microsoft.AspNetCore.DataProtection", "10.0.10", false)]
    [InlineData("nuget", "Microsoft.AspNetCore.OpenApi", "10.0.9", true)]
    [InlineData("nuget", "Microsoft.AspNetCore.OpenApi", "10.0.10", false)]
    [InlineData("nuget", "Microsoft.AspNetCore.Authentication.JwtBearer", "8.0.30", false)]
    [InlineData("nuget", "Microsoft.AspNetCore.Server.Kestrel.Core", "2.3.0", true)]
    [InlineData("nuget", "Yarp.ReverseProxy", "2.0.0", true)]
    [InlineData("nuget", "Yarp.ReverseProxy", "2.1.0", false)]
    [InlineData("nuget", "newtonsoft.json", "13.0.1-beta2", true)]
    [InlineData("nuget", "Newtonsoft.Json", "13.0.1", false)]
    [InlineData("nuget", "Microsoft.IdentityModel.Tokens", "7.1.1", true)]
    [InlineData("npm", "xlsx", "0.20.3", true)]
    [InlineData("npm", "vue", "3.5.45", false)]
    public void SeededPackage_IsCaughtWhenBad(string ecosystem, string name, string version, bool bad) =>
        Assert.Equal(bad, AdvisoryGate.Hits(List, [new(ecosystem, name, version, "seed")]).Any());

    [Fact]
    public void LockFiles_AreReadToTheLastPackage()
    {
        var nuget = AdvisoryGate.FromNuGetLock("x", """{"version":2,"dependencies":{"net10.0":{"A":{"type":"Direct","resolved":"1.0.0"},"ours":{"type":"Project"},"B":{"type":"Transitive","resolved":"2.0.0"}}}}""");
        var npm = AdvisoryGate.FromNpmLock("y", """{"packages":{"":{"version":"0"},"node_modules/a":{"version":"1.0.0"},"node_modules/a/node_modules/@s/b":{"version":"2.0.0"}}}""");
        var downloads = AdvisoryGate.FromDownloads("z", """<PackageDownload Include="C" Version="[$(CVersion)]" /><PackageDownload Include="D" Version="[4.0.0]" />""", "<CVersion>3.0.0</CVersion>");
        Assert.Equal([("A", "1.0.0"), ("B", "2.0.0"), ("a", "1.0.0"), ("@s/b", "2.0.0"), ("C", "3.0.0"), ("D", "4.0.0")], nuget.Concat(npm).Concat(downloads).Select(p => (p.Name, p.Version)));
    }

    private static IEnumerable<UsedPackage> Used()
    {
        var versions = Sources.Read("Directory.Packages.props");
        return Sources.Files.SelectMany(file => Path.GetFileName(file) switch
        {
            "packages.lock.json" => AdvisoryGate.FromNuGetLock(file, Sources.Read(file)),
            "package-lock.json" => AdvisoryGate.FromNpmLock(file, Sources.Read(file)),
            _ when file.EndsWith(".csproj", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal) => AdvisoryGate.FromDownloads(file, Sources.Read(file), versions),
            _ => [],
        });
    }
}
