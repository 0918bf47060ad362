using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class CellEditorTests
{
    [Theory]
    [InlineData("{}", "boarders", "12", """{"boarders":12}""")]
    [InlineData("""{"boarders":12}""", "boarders", "null", "{}")]
    [InlineData("{}", "classes/g1", "2", """{"classes":{"g1":2}}""")]
    [InlineData("""{"classes":{"g1":2,"g2":3}}""", "classes/g1", "null", """{"classes":{"g2":3}}""")]
    [InlineData("""{"classes":{"g1":2}}""", "classes/g1", "null", "{}")]
    [InlineData("""{"classes":{"g1":2}}""", "classes", """{"g3":1}""", """{"classes":{"g3":1}}""")]
    [InlineData("""{"classes":{"g1":2}}""", "classes", "null", "{}")]
    [InlineData("{}", "titles/r1", """{"level":"city","name":"示范校"}""", """{"titles":[{"_id":"r1","level":"city","name":"示范校"}]}""")]
    [InlineData("{}", "titles/r1/level", "\"city\"", """{"titles":[{"_id":"r1","level":"city"}]}""")]
    [InlineData("""{"titles":[{"_id":"r1","level":"city","name":"a"},{"_id":"r2"}]}""", "titles/r1/level", "null", """{"titles":[{"_id":"r1","name":"a"},{"_id":"r2"}]}""")]
    [InlineData("""{"titles":[{"_id":"r1"},{"_id":"r2"}]}""", "titles/r1", "null", """{"titles":[{"_id":"r2"}]}""")]
    [InlineData("""{"titles":[{"_id":"r1","level":"city"},{"_id":"r2"}]}""", "titles/r1", """{"_id":"r1","name":"b"}""", """{"titles":[{"_id":"r1","name":"b"},{"_id":"r2"}]}""")]
    [InlineData("""{"titles":[{"_id":"r1"}]}""", "titles", """[{"_id":"x","level":"city"}]""", """{"titles":[{"_id":"x","level":"city"}]}""")]
    [InlineData("""{"titles":[{"_id":"r1"}]}""", "titles", "[]", "{}")]
    public void Apply_FittingChange_IsMerged(string before, string at, string value, string after)
    {
        var (values, errors) = Apply(before, (at, value));
        Assert.Empty(errors);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(after), JsonElement.Parse(values!)), values);
    }

    [Fact]
    public void Apply_OutOfRange_IsStored()
    {
        var (values, errors) = Apply("{}", ("boarders", "-5"), ("classes/g1", "9999"), ("classes/v1", "1"));
        Assert.Empty(errors);
        Assert.Contains("-5", values, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_LongText_IsCountedAsTheBrowserCounts()
    {
        // An emoji is two of the units that both sides count in; web/src/features/forms/numbers.test.ts holds the same pair.
        Assert.Empty(Apply("{}", ("principal_name", JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("🌾", 5_000))))).Errors);
        var refused = Apply("{}", ("principal_name", JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("🌾", 5_000)) + "x")));
        Assert.Equal("length", Assert.Single(refused.Errors).Code);
        Assert.Contains("10,001", refused.Errors[0].Messages.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"=1+1\"")]
    [InlineData("\"\\u202Eabc\\u202C שלום\"")]
    [InlineData("\"👩‍🌾\"")]
    public void Apply_OddText_IsKeptAsItIs(string text) =>
        Assert.Equal(JsonElement.Parse(text).GetString(), JsonElement.Parse(Apply("{}", ("principal_name", text)).Values!).GetProperty("principal_name").GetString());

    [Theory]
    [InlineData("nonsense", "1", "unknown-field")]
    [InlineData("boarders/g1", "1", "unknown-cell")]
    [InlineData("classes/g99", "1", "unknown-cell")]
    [InlineData("classes/g1/x", "1", "unknown-cell")]
    [InlineData("titles/r1/nonsense", "1", "unknown-cell")]
    [InlineData("titles/r1/level/x", "1", "unknown-cell")]
    [InlineData("school_code", "\"2113000001\"", "read-only")]
    [InlineData("boarders", "\"12\"", "type")]
    [InlineData("boarders", "1.5", "type")]
    [InlineData("boarders", "true", "type")]
    [InlineData("boarders", "1e300", "size")]
    [InlineData("campus_area", "1e-300", "size")]
    [InlineData("classes", "5", "type")]
    [InlineData("classes/g1", "{}", "type")]
    [InlineData("titles", "5", "type")]
    [InlineData("titles/r1", "5", "type")]
    [InlineData("titles/坏", "{}", "row-id")]
    [InlineData("titles/r1", """{"_id":"r2"}""", "row-id")]
    [InlineData("titles", """[{"_id":"a"},{"_id":"a"}]""", "row-id")]
    [InlineData("titles", """[{"level":"city"}]""", "row-id")]
    [InlineData("titles/r1/valid_to", "\"2026-02-30\"", "type")]
    [InlineData("principal_name", "\"a\\u0000b\"", "type")]
    [InlineData("principal_name", "\"\\ud800\"", "type")]
    [InlineData("principal_name", "[\"a\"]", "type")]
    public void Apply_ChangeThatDoesNotFit_IsRefusedAtTheCell(string at, string value, string code)
    {
        var (values, errors) = Apply("""{"boarders":1}""", ("staff_total", "5"), (at, value));
        Assert.Null(values);
        Assert.Equal(code, Assert.Single(errors).Code);
        Assert.StartsWith(at.Split('/')[0], errors[0].At, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_TextOverTheHardCap_IsRefused() =>
        Assert.Equal("length", Assert.Single(Apply("{}", ("principal_name", $"\"{new string('字', 10_001)}\"")).Errors).Code);

    [Fact]
    public void Apply_MoreRowsThanTheFormTakes_IsRefused()
    {
        var rows = string.Join(',', Enumerable.Range(0, 21).Select(i => $$"""{"_id":"r{{i}}"}"""));
        Assert.Equal("rows", Assert.Single(Apply("{}", ("titles", $"[{rows}]")).Errors).Code);
    }

    private static (string? Values, IReadOnlyList<Gengdu.ServiceDefaults.FieldError> Errors) Apply(string values, params (string At, string Value)[] changes) =>
        CellEditor.Apply(TestPack.Programme, TestPack.Basic, values, [.. changes.Select(c => new CellChange(c.At, JsonElement.Parse(c.Value)))]);
}
