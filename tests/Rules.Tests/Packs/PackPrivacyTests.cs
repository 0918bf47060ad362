namespace Gengdu.Rules.Tests.Packs;

/// <summary>A pack that would tell a person's data to those for whom it is masked, or ask analytics for it, is refused.</summary>
public sealed class PackPrivacyTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gengdu-pack-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("staff", "\"key\": \"name\", \"name\": {", "personal", "a message may not repeat 'name'")]
    [InlineData("staff", "\"key\": \"from\", \"name\": {", "sensitive", "a warning may not stand at 'teachers/{row}/from'")]
    [InlineData("staff", "\"key\": \"teachers\", \"number\": \"2.02\",", "personal", "a warning may not stand at 'teachers/{row}'")]
    [InlineData("staff", "\"key\": \"full_time\", \"name\": {", "personal", "'full_time' is personal or sensitive and never reaches analytics")]
    [InlineData("pupils", "\"key\": \"week_held\",", "sensitive", "a condition may not depend on 'week_held'")]
    [InlineData("staff", "\"key\": \"full_time\", \"name\": {", "personal\", \"prefill\": \"previous", "'full_time' is personal or sensitive and may not be offered again")]
    [InlineData("staff", "\"key\": \"hours\", \"name\": {", "secret", "secret")]
    public void Read_PersonalDataWhereOthersSeeIt_IsRefused(string module, string field, string dataClass, string reason)
    {
        Copy(Repository.Path("tests/Rules.Tests/Fixtures/small"), Path.Combine(_directory, "small"));
        var path = Path.Combine(_directory, "small/modules", $"{module}.json");
        var text = File.ReadAllText(path);
        Assert.Contains(field, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(field, $"\"dataClass\": \"{dataClass}\", {field}", StringComparison.Ordinal));
        var broken = Assert.Throws<BrokenProgrammeException>(() => ProgrammeReader.Read(Path.Combine(_directory, "small")));
        Assert.Contains(broken.Problems, problem => problem.Reason.Contains(reason, StringComparison.Ordinal) && problem.Line > 0);
    }

    /// <summary>The shipped pack has personal fields, or the rules above would be met by having none.</summary>
    [Fact]
    public void ShippedProgramme_HasPersonalFields_AndNoIndicatorReadsOne()
    {
        var programme = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));
        var personal = programme.Modules.SelectMany(module => module.Fields)
            .SelectMany(field => field.Columns is null ? [field] : field.Columns.Select(column => field.IsPersonal ? column with { DataClass = field.DataClass } : column))
            .Where(field => field.IsPersonal).Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string> { "principal_phone", "contact_name", "staff_ref", "note" }, personal);
        foreach (var indicator in programme.Indicators)
        {
            Assert.DoesNotContain(indicator.FieldsUsed, field => programme.Modules.SelectMany(module => module.Fields).Single(f => f.Key == field).IsPersonal);
            Assert.DoesNotContain(personal, key => $"{indicator.Numerator} {indicator.Denominator} {indicator.Applies}".Split(' ', '"', '(', ')', '.', ',').Contains(key));
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
