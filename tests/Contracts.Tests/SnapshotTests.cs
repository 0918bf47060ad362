using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.TestKit;
using MassTransit.Serialization;

namespace Gengdu.Contracts.Tests;

/// <summary>
/// What stands on the wire, reviewed as text. A changed snapshot of an event that was released is a broken reader
/// somewhere: within a version only optional members are added.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Wire = SystemTextJsonMessageSerializer.Options;
    private static readonly JsonSerializerOptions Outbox = new(JsonSerializerDefaults.Web);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, bool> Cases()
    {
        var cases = new TheoryData<string, bool>();
        foreach (var type in Events.All)
        {
            cases.Add(type.FullName!, false);
            cases.Add(type.FullName!, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Json_IsTheReviewedOneAndReadsBackWhole(string name, bool maximal)
    {
        var type = Events.Assembly.GetType(name, throwOnError: true)!;
        var wire = JsonSerializer.Serialize(Events.Make(type, maximal), type, Wire);
        var path = $"tests/Contracts.Tests/Snapshots/{Events.Publisher(type)}.{type.Name}.{(maximal ? "maximal" : "minimal")}.verified.json";

        await Snapshot.VerifyAsync(path, JsonNode.Parse(wire)!.ToJsonString(Indented));

        // Reading what was once committed and writing it again loses nothing: old messages in a queue stay readable.
        var committed = await File.ReadAllTextAsync(RepositoryRoot.Combine(path.Split('/')));
        var readBack = JsonSerializer.Serialize(JsonSerializer.Deserialize(committed, type, Wire), type, Wire);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(committed), JsonNode.Parse(readBack)), readBack);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Json_ThroughTheOutbox_IsTheSameEvent(string name, bool maximal)
    {
        var type = Events.Assembly.GetType(name, throwOnError: true)!;
        var published = Events.Make(type, maximal);

        var stored = JsonSerializer.Deserialize(JsonSerializer.Serialize(published, type, Outbox), type, Outbox);

        Assert.Equal(JsonSerializer.Serialize(published, type, Wire), JsonSerializer.Serialize(stored, type, Wire));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Json_WithAMemberOfALaterRelease_IsStillRead(string name, bool maximal)
    {
        var type = Events.Assembly.GetType(name, throwOnError: true)!;
        var newer = JsonNode.Parse(JsonSerializer.Serialize(Events.Make(type, maximal), type, Wire))!.AsObject();
        var before = newer.ToJsonString();
        newer["addedLater"] = new JsonObject { ["x"] = 1 };

        var read = JsonSerializer.Serialize(JsonSerializer.Deserialize(newer.ToJsonString(), type, Wire), type, Wire);

        Assert.Equal(before, JsonNode.Parse(read)!.ToJsonString());
    }

    [Fact]
    public void Snapshots_OfEventsThatAreGone_AreGoneToo()
    {
        var expected = Events.All.SelectMany(type => new[] { "minimal", "maximal" }.Select(size => $"{Events.Publisher(type)}.{type.Name}.{size}.verified.json"));
        var found = Directory.GetFiles(RepositoryRoot.Combine("tests", "Contracts.Tests", "Snapshots"), "*.json").Select(file => Path.GetFileName(file)!);
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
