using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Exports.Values;
using Gengdu.Rules;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>The lines of a file of values, from documents as schools sign them.</summary>
public sealed class ValueCellsTests
{
    private static readonly Programme s_programme = ProgrammeReader.FromJson(TestProgramme.Published("1").Bundle);

    [Fact]
    public void Start_HasTheMarkAndHeadingsInTheLanguage()
    {
        Assert.StartsWith("\uFEFF代码,单位,上级,", Written("zh", _ => { }), StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFcode,organisation,above,", Written("en", _ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void Module_NumbersStayAsTheyAre_GradesAndYesNoAreNamed()
    {
        var text = Written("zh", cells => cells.Module("1301", "某校", "长安区", "basics", Bytes(new JsonObject { ["students"] = new JsonObject { ["g1"] = 3, ["g7"] = -0.50m }, ["plan"] = true, ["gone"] = null })));
        Assert.Equal(
            ["1301,某校,长安区,basics,students,students,,g1,,3", "1301,某校,长安区,basics,students,students,,g7,,-0.50", "1301,某校,长安区,basics,plan,plan,,,,是"],
            text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    [Fact]
    public void Module_RowsAndChoices_AreACellEach()
    {
        var text = Written("en", cells => cells.Module("1", "a", "b", "basics", Bytes(new JsonObject
        {
            ["rows"] = new JsonArray(new JsonObject { ["n"] = "x,y", ["m"] = 2 }, new JsonObject { ["n"] = "z", ["empty"] = null }), ["chosen"] = new JsonArray("p", "q"),
        })));
        Assert.Equal(["1,a,b,basics,rows,rows,,1,n,\"x,y\"", "1,a,b,basics,rows,rows,,1,m,2", "1,a,b,basics,rows,rows,,2,n,z", "1,a,b,basics,chosen,chosen,,,,p|q"], text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    /// <summary>Whatever a school writes, no spreadsheet of the province runs it.</summary>
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86 311", "'+86 311")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("\r\n=x", "\"'\r\n=x\"")]
    [InlineData("3=3", "3=3")]
    [InlineData("", "")]
    public void Text_ThatIsAFormula_IsDefused(string text, string cell) => Assert.Equal(cell, CsvText.Of(text));

    [Fact]
    public void Count_IsThatOfTheCells()
    {
        var cells = new ValueCells(s_programme, new("zh", Guid.Empty, TestCycle.Start));
        cells.Module("1", "a", "b", "basics", Bytes(TestProgramme.Basics("g1", 1, 2)));
        Assert.Equal(2, cells.Count);
    }

    private static string Written(string language, Action<ValueCells> write)
    {
        var cells = new ValueCells(s_programme, new(language, Guid.Empty, TestCycle.Start));
        cells.Start();
        write(cells);
        return Encoding.UTF8.GetString(cells.Written.WrittenSpan);
    }

    private static byte[] Bytes(JsonObject values) => JsonSerializer.SerializeToUtf8Bytes(values);
}
