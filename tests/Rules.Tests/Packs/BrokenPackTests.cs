namespace Gengdu.Rules.Tests.Packs;

/// <summary>Each mistake an author can make is refused with the file, the line and the reason.</summary>
public sealed class BrokenPackTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gengdu-pack-").FullName;

    public BrokenPackTests() => Copy(Repository.Path("tests/Rules.Tests/Fixtures/small"), Path.Combine(_directory, "small"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("modules/pupils.json", "\"boarders <= sum(students)\"", "\"boarders <= sum(studentz)\"", "unknown name 'studentz' (at 1:17")]
    [InlineData("modules/pupils.json", "\"boarders <= sum(students)\"", "\"boarders <= 5\"", "integer")]
    [InlineData("modules/pupils.json", "\"boarders <= sum(students)\"", "\"boarders + 1.0\"", "gives a number")]
    [InlineData("modules/pupils.json", "\"key\": \"boarders\"", "\"key\": \"students\"", "exists already")]
    [InlineData("modules/pupils.json", "\"key\": \"boarders\"", "\"key\": \"type\"", "can't be a name")]
    [InlineData("modules/pupils.json", "\"at\": [\"boarders\"]", "\"at\": [\"borders\"]", "unknown field 'borders'")]
    [InlineData("modules/pupils.json", "\"at\": [\"hours/{g}\"]", "\"at\": [\"hours/{row}\"]", "no cell")]
    [InlineData("modules/pupils.json", "寄宿生 {b} 人", "寄宿生 {x} 人", "unknown placeholder '{x}'")]
    [InlineData("modules/pupils.json", "\"showIf\": \"week_held == true\"", "\"showIf\": \"weekheld == true\"", "unknown name 'weekheld'")]
    [InlineData("modules/pupils.json", "\"missing\": \"zero\", \"at\": [\"hours\"]", "\"missing\": \"nil\", \"at\": [\"hours\"]", "missing must be")]
    [InlineData("modules/pupils.json", "\"^[^0-9]*$\"", "\"^(?<n>a)$\"", "group")]
    [InlineData("modules/pupils.json", "\"grades\": [\"g1\", \"g2\", \"g7\"]", "\"grades\": [\"g1\", \"g8\"]", "unknown grade 'g8'")]
    [InlineData("modules/pupils.json", "\"id\": \"E02\"", "\"id\": \"E01\"", "the rule 'E01' exists already")]
    [InlineData("modules/pupils.json", "\"boarders\", \"hours\", \"groups\"]", "\"boarders\", \"hours\"]", "no section holds the field 'groups'", 6)]
    [InlineData("modules/pupils.json", "\"students[g]\"", "\"students[grad]\"", "unknown name 'grad'")]
    [InlineData("modules/pupils.json", "k == 'field'", "k == 'fields'", "'fields' is none of field, kitchen")]
    [InlineData("modules/pupils.json", "s == 'primary'", "s == 'primry'", "'primry' is none of primary, junior, vocational")]
    [InlineData("modules/pupils.json", "at(classes, 'g1')", "at(classes, 'g11')", "'g11' is none of")]
    [InlineData("modules/staff.json", "\"d\": \"distinct(teachers, 'name')\"", "\"d\": \"distinct(teachers, 'names')\"", "no column 'names'")]
    [InlineData("indicators.json", "t.full_time == true", "t.fulltime == true", "'t' has no member 'fulltime'")]
    [InlineData("modules/staff.json", "\"expr\": \"row.hours <= 25.0\"", "\"expr\": \"row.ours <= 25.0\"", "'row' has no member 'ours'")]
    [InlineData("modules/staff.json", "row:teachers\", \"expr\": \"row.hours <= 25.0\"", "row:teacher\", \"expr\": \"row.hours <= 25.0\"", "each must be")]
    [InlineData("modules/pupils.json", "1.2 * previous.students[g]", "1.2 * previous.pupils[g]", "'previous' has no member 'pupils'")]
    [InlineData("modules/pupils.json", "abs(sum(students) - master.pupils)", "abs(sum(students) - master.heads)", "'master' has no member 'heads'")]
    [InlineData("modules/pupils.json", "abs(boarders - peers.K01.mean)", "abs(boarders - peers.K09.mean)", "'peers' has no member 'K09'")]
    [InlineData("modules/pupils.json", "peers.K01.deviation", "peers.K01.sigma", "no member 'sigma'")]
    [InlineData("modules/pupils.json", "\"expr\": \"!cell.value.matches", "\"expr\": \"!cell.text.matches", "'cell' has no member 'text'")]
    [InlineData("modules/pupils.json", "\"each\": \"text\", \"expr\"", "\"each\": \"texts\", \"expr\"", "each must be")]
    [InlineData("modules/pupils.json", "\"at\": [\"boarders\"],\n      \"values\": { \"b\"", "\"at\": [\"{cell}\"],\n      \"values\": { \"b\"", "'{cell}' needs each")]
    [InlineData("indicators.json", "\"sum(students)\"", "\"sum(previous.students)\"", "unknown name 'previous'")]
    [InlineData("modules/staff.json", "\"maxRows\": 3", "\"maxRow\": 3", "maxRow")]
    [InlineData("modules/staff.json", "\"number\": 2,", "\"number\": 2", "'\"'", 4)]
    [InlineData("indicators.json", "\"sum(students)\"", "\"sum(student)\"", "unknown name 'student'")]
    [InlineData("indicators.json", "\"area\": \"all\", \"name\": { \"zh\": \"坏指标\"", "\"area\": \"none\", \"name\": { \"zh\": \"坏指标\"", "unknown area 'none'")]
    [InlineData("programme.json", "\"field\": \"boarders\"", "\"field\": \"borders\"", "'borders' is no number that schools report")]
    [InlineData("programme.json", "\"master\": \"pupils\"", "\"master\": \"heads\"", "there is no register figure 'heads'")]
    [InlineData("programme.json", "[10, 20]", "[20, 10]", "sizes are above 0 and grow")]
    [InlineData("programme.json", "[\"county\"]", "[\"country\"]", "can't be read", 0)]
    [InlineData("programme.json", "\"modules\": [\"pupils\", \"staff\"]", "\"modules\": [\"pupils\"]", "doesn't name this module", 1)]
    public void Read_Broken_IsRefusedWithItsLine(string file, string original, string changed, string reason, int? line = null)
    {
        var path = Path.Combine(_directory, "small", file);
        var text = File.ReadAllText(path);
        Assert.Contains(original, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(original, changed, StringComparison.Ordinal));

        var broken = Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.Read(Path.Combine(_directory, "small")));

        var problem = Assert.Single(broken.Problems, problem => problem.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(line ?? 1 + text.AsSpan(0, text.IndexOf(original, StringComparison.Ordinal)).Count('\n'), problem.Line);
    }

    /// <summary>Escapes and wide characters before the mistake don't shift the column.</summary>
    [Fact]
    public void Read_UnknownName_PointsAtItInTheFile()
    {
        var path = Path.Combine(_directory, "small/modules/pupils.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"boarders <= sum(students)\"", "\"present('\\u7532甲\\\\n') && nobody\"", StringComparison.Ordinal));

        var problem = Assert.Single(Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.Read(Path.Combine(_directory, "small"))).Problems);

        Assert.StartsWith("nobody\"", File.ReadAllLines(path)[problem.Line - 1][(problem.Column - 1)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SchemaBroken_IsRefusedWithItsLine()
    {
        Copy(Repository.Path("programmes/schemas"), Path.Combine(_directory, "schemas"));
        Copy(Repository.Path("programmes/labor-education"), Path.Combine(_directory, "labor"));
        var path = Path.Combine(_directory, "labor/modules/safety.json");
        var lines = File.ReadAllLines(path);
        var at = Array.FindIndex(lines, line => line.Contains("\"severity\": \"error\"", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("\"severity\": \"error\"", "\"severity\": \"fatal\"", StringComparison.Ordinal);
        File.WriteAllLines(path, lines);

        var problem = Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.Read(Path.Combine(_directory, "labor"))).Problems[0];

        Assert.Equal(("modules/safety.json", at + 1), (problem.File, problem.Line));
    }

    [Fact]
    public void FromJson_Broken_IsRefusedWithTheReason()
    {
        var bundle = ProgrammeReader.Read(Path.Combine(_directory, "small")).Json;

        var broken = Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.FromJson(bundle.Replace("boarders <= sum", "boarder <= sum", StringComparison.Ordinal)));
        var torn = Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.FromJson(bundle[..^5]));

        Assert.Equal("modules/pupils.json: /rules/0/expr: unknown name 'boarder' (at 1:1 of the expression)", Assert.Single(broken.Problems).ToString());
        Assert.Single(torn.Problems);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*.json", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
