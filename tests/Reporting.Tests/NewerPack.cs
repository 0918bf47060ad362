using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Reporting.Programmes;
using Gengdu.Rules;

namespace Gengdu.Reporting.Tests;

/// <summary>Later versions of the shipped programme, published while cycles run.</summary>
internal static class NewerPack
{
    private static int s_last;

    /// <summary>Basic information without 1.03b, with other bounds for boarders and a new question nobody has to answer.</summary>
    public static Task<string> MildAsync(ReportingFixture fixture) => PublishAsync(fixture, bundle =>
    {
        var basic = Module(bundle, "basic-information");
        Remove(basic, "town_code");
        Field(basic, "boarders")["max"] = 9000;
        Add(basic, """{ "key": "labor_bases", "name": { "zh": "劳动基地数", "en": "Labor bases" }, "type": "integer", "min": 0, "dataClass": "public" }""");
    });

    /// <summary>The same, and the campus is measured in mu, and boarders beyond five are an error.</summary>
    public static Task<string> StrictAsync(ReportingFixture fixture) => PublishAsync(fixture, bundle =>
    {
        var basic = Module(bundle, "basic-information");
        Remove(basic, "town_code");
        Field(basic, "campus_area")["unit"] = new JsonObject { ["zh"] = "亩", ["en"] = "mu" };
        basic["rules"]!.AsArray().Add(JsonNode.Parse("""
            { "id": "N01", "severity": "error", "expr": "boarders <= 5.0", "at": ["boarders"], "message": { "zh": "寄宿生不应超过 5 人", "en": "No more than 5 boarders" } }
            """));
    });

    public static Task<string> WithoutModuleAsync(ReportingFixture fixture, string key) => PublishAsync(fixture, bundle =>
    {
        var modules = bundle["modules"]!.AsArray();
        modules.Remove(Module(bundle, key));
        var names = bundle["programme"]![key.EndsWith("department", StringComparison.Ordinal) ? "departmentModules" : "modules"]!.AsArray();
        names.Remove(names.Single(name => (string?)name == key));
    });

    /// <summary>A version that no test and no release ever publishes.</summary>
    public const string NeverPublished = "1900.1";

    /// <summary>One that nobody can read: what stands for whatever a worker stumbles over.</summary>
    public static async Task<string> BrokenAsync(ReportingFixture fixture)
    {
        var version = $"1999.{Interlocked.Increment(ref s_last).ToString(CultureInfo.InvariantCulture)}";
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.Add(new ProgrammeVersion
            {
                Key = TestPack.Programme.Key, Version = version, ContentHash = new string('0', 64), Bundle = "{}", NameZh = "坏", NameEn = "broken", PublishedAt = fixture.Now.AddYears(-20),
            });
            return await db.SaveChangesAsync();
        });
        return version;
    }

    public static async Task<string> PublishAsync(ReportingFixture fixture, Action<JsonObject> change, TimeSpan earlier = default)
    {
        var version = $"2099.{Interlocked.Increment(ref s_last).ToString(CultureInfo.InvariantCulture)}";
        var bundle = JsonNode.Parse(TestPack.Programme.Json)!.AsObject();
        bundle["programme"]!["version"] = version;
        change(bundle);
        var programme = ProgrammeReader.FromJson(bundle.ToJsonString());
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.Add(new ProgrammeVersion
            {
                Key = programme.Key, Version = version, ContentHash = ProgrammeCatalogue.HashOf(programme), Bundle = programme.Json,
                NameZh = programme.Name.Zh, NameEn = programme.Name.En, PublishedAt = fixture.Now.AddDays(1) - earlier,
            });
            return await db.SaveChangesAsync();
        });
        return version;
    }

    private static JsonObject Module(JsonObject bundle, string key) => bundle["modules"]!.AsArray().Select(m => m!.AsObject()).Single(m => (string?)m["key"] == key);

    private static JsonObject Field(JsonObject module, string key) => module["fields"]!.AsArray().Select(f => f!.AsObject()).Single(f => (string?)f["key"] == key);

    private static void Remove(JsonObject module, string key)
    {
        module["fields"]!.AsArray().Remove(Field(module, key));
        foreach (var names in module["sections"]!.AsArray().Select(section => section!["fields"]!.AsArray()))
        {
            foreach (var name in names.Where(name => (string?)name == key).ToList())
            {
                names.Remove(name);
            }
        }
    }

    private static void Add(JsonObject module, string field)
    {
        var added = JsonNode.Parse(field)!;
        module["fields"]!.AsArray().Add(added);
        module["sections"]![0]!["fields"]!.AsArray().Add((string)added["key"]!);
    }
}
