using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Gengdu.TestKit;

namespace Gengdu.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] BuildingBlocks = ["Audit", "Calendar", "LivePages", "ServiceDefaults", "Messaging", "Organisations", "Printing", "Rules", "Sheets"];

    [Fact]
    public void Service_ReferencesOnlyContractsAndBuildingBlocks()
    {
        foreach (var project in Projects("services/"))
        {
            Assert.All(References(project), reference => Assert.True(
                reference.StartsWith("building-blocks/", StringComparison.Ordinal) || reference == "contracts/Contracts.csproj", $"{project} references {reference}"));
        }
    }

    [Fact]
    public void Contracts_ReferenceNothingOfOursAndOnlyTheAttributes()
    {
        Violations.None(References("contracts/Contracts.csproj"));
        Assert.Equal(["MassTransit.Abstractions"], Packages("contracts/Contracts.csproj"));
    }

    [Fact]
    public void BuildingBlocks_ReferenceOnlyOneAnotherAndContractsWhereTheirPageSaysSo()
    {
        foreach (var project in Projects("building-blocks/"))
        {
            var allowed = Path.GetFileNameWithoutExtension(project) switch
            {
                "Organisations" => new[] { "building-blocks/Messaging/Messaging.csproj", "building-blocks/ServiceDefaults/ServiceDefaults.csproj", "contracts/Contracts.csproj" },
                "Audit" => ["building-blocks/Messaging/Messaging.csproj", "building-blocks/Organisations/Organisations.csproj", "building-blocks/ServiceDefaults/ServiceDefaults.csproj", "contracts/Contracts.csproj"],
                "LivePages" => ["building-blocks/Organisations/Organisations.csproj"],
                "Messaging" => ["building-blocks/ServiceDefaults/ServiceDefaults.csproj"],
                _ => [],
            };
            Violations.None(References(project).Except(allowed));
        }
    }

    [Fact]
    public void BuildingBlocks_AreTheseWithTheirPages()
    {
        Assert.Equal(BuildingBlocks.Order(StringComparer.Ordinal), Projects("building-blocks/").Select(project => Path.GetFileNameWithoutExtension(project)).Order(StringComparer.Ordinal));
        foreach (var block in BuildingBlocks)
        {
            var page = Sources.Read($"building-blocks/{block}/README.md");
            Assert.All(["**What.**", "**Why here.**", "**May not.**"], word => Assert.Contains(word, page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Tools_ReferenceNoService() => Assert.All(Projects("tools/"), project =>
        Assert.DoesNotContain(References(project), reference => reference.StartsWith("services/", StringComparison.Ordinal)));

    [Fact]
    public void Solution_HasEveryProject()
    {
        var listed = XDocument.Parse(Sources.Read("Gengdu.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        var found = Sources.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !file.StartsWith("bench/", StringComparison.Ordinal));
        Assert.Equal(found.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    /// <summary>A service makes only its own folder's events: the constructors its assembly calls say so, whatever the source looks like.</summary>
    [Fact]
    public void Service_PublishesOnlyItsOwnEvents()
    {
        var made = Sources.Services.SelectMany(service => EventsMade(service).Select(type => (service, type))).ToList();
        Assert.All(made, pair => Assert.StartsWith($"Gengdu.Contracts.{pair.service}.", pair.type, StringComparison.OrdinalIgnoreCase));
        // The rule would hold of nothing if nothing were found.
        Assert.Contains(("reporting", "Gengdu.Contracts.Reporting.V1.ModuleReportSubmitted"), made);
    }

    private static IEnumerable<string> EventsMade(string service)
    {
        using var file = File.OpenRead(Sources.Service(service).Location);
        using var portable = new PEReader(file);
        var metadata = portable.GetMetadataReader();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (metadata.GetString(member.Name) == ".ctor" && member.Parent.Kind == HandleKind.TypeReference)
            {
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
                if (name.StartsWith("Gengdu.Contracts.", StringComparison.Ordinal))
                {
                    yield return name;
                }
            }
        }
    }

    private static IEnumerable<string> Projects(string under) => Sources.Files.Where(file => file.StartsWith(under, StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project) => XDocument.Parse(Sources.Read(project)).Descendants("ProjectReference")
        .Select(reference => Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(RepositoryRoot.Combine(
            Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value.Replace('\\', '/')))).Replace('\\', '/'));

    private static IEnumerable<string> Packages(string project) => XDocument.Parse(Sources.Read(project)).Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);
}
