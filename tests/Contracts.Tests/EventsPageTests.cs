using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gengdu.TestKit;
using MassTransit;

namespace Gengdu.Contracts.Tests;

/// <summary>docs/events.md says what is published by whom and who listens; written from the code, never by hand.</summary>
public sealed partial class EventsPageTests
{
    private static readonly XElement Documentation = XElement.Load(Path.ChangeExtension(Events.Assembly.Location, ".xml"));

    [Fact]
    public Task Page_IsTheReviewedOne()
    {
        var consumers = Consumers();
        var text = new StringBuilder("""
            # Published events

            Written by `tests/Contracts.Tests` from `contracts/` and the consumers in the source; a test fails when this page is old
            (GENGDU_UPDATE_SNAPSHOTS=1 rewrites it). Delivered at least once, in any order: readers keep the highest version or
            revision and take effect once. Exchanges are fanouts on RabbitMQ; the JSON of each event stands in
            `tests/Contracts.Tests/Snapshots`. How to add one: CONTRIBUTING.md.

            | event | published by | consumed by |
            |---|---|---|

            """);
        foreach (var type in Events.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [{type.Name}](#{type.Name.ToLowerInvariant()}) | {(Events.Publisher(type) is "Audit" ? "every service with a bus" : Events.Publisher(type).ToLowerInvariant())} | {string.Join(", ", consumers[type.Name].Distinct().Order(StringComparer.Ordinal).DefaultIfEmpty("other systems"))} |\n");
        }

        foreach (var type in Events.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {type.Name}\n{Summary($"T:{type.FullName}")}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"Exchange `{type.GetCustomAttribute<EntityNameAttribute>()!.EntityName}` · type `{type.GetCustomAttribute<MessageUrnAttribute>()!.Urn}`\n\n");
            Members(text, type);
            foreach (var part in Parts(type))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n`{part.Name}`: {Summary($"T:{part.FullName}")}\n\n");
                Members(text, part);
            }
        }

        return Snapshot.VerifyAsync("docs/events.md", text.ToString());
    }

    private static void Members(StringBuilder text, Type type)
    {
        text.Append("| member | type | |\n|---|---|---|\n");
        foreach (var property in type.GetProperties())
        {
            var name = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {TypeNames.Of(property).Replace("<", "&lt;", StringComparison.Ordinal)} | {Summary($"P:{type.FullName}.{property.Name}")} |\n");
        }
    }

    private static IEnumerable<Type> Parts(Type type) => type.GetProperties().Select(property => property.PropertyType)
        .Where(t => t.IsGenericType).SelectMany(t => t.GetGenericArguments()).Where(t => t.Assembly == Events.Assembly).Distinct();

    private static string Summary(string member)
    {
        var summary = Documentation.Descendants("member").FirstOrDefault(m => m.Attribute("name")?.Value == member)?.Element("summary")
            ?? throw new InvalidOperationException($"{member} has no summary: an event's page is all that its readers have");
        var words = string.Concat(summary.Nodes().Select(node => node is XElement see ? $"`{see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Value}`" : node.ToString()));
        return WhiteSpace().Replace(System.Net.WebUtility.HtmlDecode(words), " ").Trim();
    }

    /// <summary>Which services have a consumer for an event. Those of the replica and the audit sit in building blocks and run in each service that adds them.</summary>
    private static ILookup<string, string> Consumers()
    {
        var services = Directory.GetDirectories(RepositoryRoot.Combine("services")).Select(folder => (Name: Path.GetFileName(folder), Text: Source(folder))).ToList();
        var own = services.SelectMany(service => Consumes().Matches(service.Text).Select(match => (match.Groups[1].Value, service.Name)));
        return own.Concat(OfBlock("Organisations", "AddOrganisationConsumers")).Concat(OfBlock("Audit", "AddAuditWitness")).ToLookup(pair => pair.Item1, pair => pair.Item2);

        IEnumerable<(string, string)> OfBlock(string block, string added) => Consumes().Matches(Source(RepositoryRoot.Combine("building-blocks", block))).Select(match => match.Groups[1].Value).Distinct()
            .SelectMany(name => services.Where(service => service.Text.Contains(added, StringComparison.Ordinal)).Select(service => (name, service.Name)));
    }

    private static string Source(string folder) => string.Concat(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText));

    [GeneratedRegex(@"IConsumer<(?:Batch<)?([A-Za-z]+)>")]
    private static partial Regex Consumes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
