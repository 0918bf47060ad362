using System.Text.Json;
using Gengdu.Analytics.Quality;
using Gengdu.Rules;

namespace Gengdu.Analytics.Tests.Quality;

public sealed class TypedNumbersTests
{
    private static readonly Text Name = new("名", "name");

    [Fact]
    public void Of_NumbersThatSomebodyTyped_WithTheirCells_AndNothingElse()
    {
        var module = new Module
        {
            Key = "m", Number = 1, Levels = ["school"], Name = Name, Sections = [], Rules = [],
            Fields =
            [
                Field("one"), Field("grades") with { Per = "grade" }, Field("text") with { Type = "text" }, Field("set") with { ReadOnly = true }, Field("filled") with { Prefill = "organisation.students" },
                Field("offered") with { Prefill = "previous" }, Field("salary") with { DataClass = "personal" }, Field("rooms") with { Type = "rows", Columns = [Field("area"), Field("title") with { Type = "text" }] },
            ],
        };
        var values = JsonDocument.Parse("""
            {"one": 12.5, "grades": {"g1": 30, "g2": null, "g3": "x"}, "text": "9", "set": 1, "filled": 2, "offered": 3, "salary": 4,
             "rooms": [{"_id": "r9", "area": 40, "title": "a"}, 7, {"_id": "r1", "area": 50}], "unknown": 5}
            """).RootElement;

        Assert.Equal(
            [("grades/g1", 30d), ("offered", 3d), ("one", 12.5), ("rooms/0/area", 40d), ("rooms/2/area", 50d)],
            TypedNumbers.Of(module, values).Select(cell => (cell.Key, cell.Value)).OrderBy(cell => cell.Key, StringComparer.Ordinal));
        foreach (var odd in new[] { "null", "[]", "3", """{"one": "12", "grades": 5, "rooms": {"area": 1}}""" })
        {
            Assert.Empty(TypedNumbers.Of(module, JsonDocument.Parse(odd).RootElement));
        }
    }

    private static Field Field(string key) => new() { Key = key, Name = Name, Type = "decimal" };
}
