namespace Gengdu.Rules.Tests;

/// <summary>A slip in a pack is refused at the line it stands on, not at the field or module around it.</summary>
public sealed class PackSchemaTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("gengdu-pack").FullName;

    public PackSchemaTests() => Copy(Repository.Path("programmes"), _root);

    [Theory]
    [InlineData("modules/curriculum.json", "\"by\": \"TA\"", "\"bye\": \"TA\"", "NoAdditionalPropertiesAllowed")]
    [InlineData("modules/safety.json", "\"type\": \"integer\"", "\"type\": \"int\"", "NotInEnumeration")]
    [InlineData("indicators.json", "\"direction\": \"up\"", "\"direction\": \"upp\"", "NotInEnumeration")]
    [InlineData("programme.json", "\"weight\": 30", "\"weight\": -30", "NumberTooSmall")]
    public void Read_Slip_IsRefusedAtItsLine(string file, string right, string wrong, string reason)
    {
        var path = Path.Combine(_root, "labor-education", file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + wrong + text[(at + right.Length)..]);

        var broken = Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.Read(Path.Combine(_root, "labor-education")));

        var line = text[..at].Count(c => c == '\n') + 1;
        Assert.Contains(broken.Problems, p => p.File == file && p.Line == line && p.Reason.Contains(reason, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

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
