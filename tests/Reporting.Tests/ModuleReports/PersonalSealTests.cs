using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Rules;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class PersonalSealTests
{
    private static readonly Module Staff = TestPack.Programme.Module("teaching-staff")!;

    private const string Roster = """
        {"ft_labor":2,"roster":[{"_id":"r1","staff_ref":"T-001","employment":"ft","degree":"master","hours":12},{"_id":"r2","employment":"pt","hours":4.5}]}
        """;

    [Fact]
    public void ForStrangers_MasksPersonalColumns_AndLeavesTheRest()
    {
        var rows = PersonalSeal.New().ForStrangers(Staff, JsonElement.Parse(Roster)).GetProperty("roster");
        Assert.Equal(("ft", 12, true), (rows[0].GetProperty("employment").GetString(), rows[0].GetProperty("hours").GetInt32(), rows[0].GetProperty("staff_ref").GetProperty("masked").GetBoolean()));
        Assert.Equal(["_id", "employment", "hours"], rows[1].EnumerateObject().Select(m => m.Name));
        Assert.DoesNotContain("T-001", rows.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("master", rows.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void ForHash_IsTheSame_WhatEverOfTheValuesIsStillThere()
    {
        var (seal, values) = (PersonalSeal.New(), JsonElement.Parse(Roster));
        var hash = CanonicalJson.Sha256(seal.ForHash(Staff, values));
        var none = new PersonalSeal(Salt: null);
        Assert.Equal(hash, CanonicalJson.Sha256(none.ForHash(Staff, seal.ForStrangers(Staff, values))));
        Assert.Equal(hash, CanonicalJson.Sha256(none.ForHash(Staff, seal.WithoutValues(Staff, values))));
        Assert.Equal(hash, CanonicalJson.Sha256(none.ForHash(Staff, none.ForStrangers(Staff, seal.WithoutValues(Staff, values)))));
        Assert.NotEqual(hash, CanonicalJson.Sha256(seal.ForHash(Staff, JsonElement.Parse(Roster.Replace("T-001", "T-002", StringComparison.Ordinal)))));
    }

    /// <summary>Equal values of two cells, or of two revisions, have different digests: nobody can compare or guess them.</summary>
    [Fact]
    public void Digests_DifferByCellAndBySalt()
    {
        var values = JsonElement.Parse("""{"principal_phone":"13800001111","contact_phone":"13800001111"}""");
        var (one, two) = (PersonalSeal.New().ForStrangers(TestPack.Basic, values), PersonalSeal.New().ForStrangers(TestPack.Basic, values));
        var digests = new[] { one, two }.SelectMany(v => new[] { "principal_phone", "contact_phone" }.Select(k => v.GetProperty(k).GetProperty("digest").GetString()));
        Assert.Equal(4, digests.Distinct().Count());
    }

    /// <summary>Single values, one a grade, a table that is personal as a whole: of each kind a field can have.</summary>
    [Theory]
    [InlineData("""{"key":"x","type":"text","dataClass":"sensitive"}""", """{"x":"secret"}""")]
    [InlineData("""{"key":"x","type":"choices","dataClass":"personal"}""", """{"x":["secret","b"]}""")]
    [InlineData("""{"key":"x","type":"text","per":"grade","dataClass":"personal"}""", """{"x":{"g1":"secret","g2":"secret"}}""")]
    [InlineData("""{"key":"x","type":"rows","dataClass":"personal","columns":[{"key":"a","type":"text","dataClass":"public"}]}""", """{"x":[{"_id":"r1","a":"secret"}]}""")]
    [InlineData("""{"key":"x","type":"rows","dataClass":"public","columns":[{"key":"a","type":"text","dataClass":"sensitive"}]}""", """{"x":[{"_id":"r1","a":"secret"}]}""")]
    public void EveryKindOfField_IsMaskedErasedAndKeptOutOfEvents(string field, string values)
    {
        var named = field.Replace("\"type\"", "\"name\":{\"zh\":\"x\",\"en\":\"x\"},\"type\"", StringComparison.Ordinal);
        var module = TestPack.Basic with { Fields = [JsonSerializer.Deserialize<Field>(named, JsonSerializerOptions.Web)!] };
        var (seal, document) = (PersonalSeal.New(), JsonElement.Parse(values));
        foreach (var hidden in new[] { seal.ForStrangers(module, document), seal.WithoutValues(module, document), seal.ForHash(module, document), PublicValues.Of(module, document) })
        {
            Assert.DoesNotContain("secret", hidden.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Contains("\"digest\":\"", seal.WithoutValues(module, document).GetRawText(), StringComparison.Ordinal);
        Assert.True(PersonalCells.AnyMark(module, seal.WithoutValues(module, document)));
        Assert.False(PersonalCells.AnyMark(module, document));
    }
}
