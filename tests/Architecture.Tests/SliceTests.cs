using System.Text.RegularExpressions;

namespace Gengdu.Architecture.Tests;

/// <summary>A slice and its test are found by the same name at the same place.</summary>
public sealed partial class SliceTests
{
    /// <summary>Slices whose test stands elsewhere, with the reason. May only shrink.</summary>
    private static readonly Dictionary<string, string> Elsewhere = [];

    [Fact]
    public void Slice_HasATestFileOfTheMirroredName()
    {
        var slices = Slices().ToList();
        Assert.NotEmpty(slices);
        Violations.None(slices.Except(Elsewhere.Keys).Where(slice => !Sources.Files.Contains(Mirrored(slice))).Select(slice => $"{slice}: expected {Mirrored(slice)}"));
    }

    /// <summary>Consumers of one aggregate are often walked together, so the event's name in the service's tests is what is asked for.</summary>
    [Fact]
    public void Consumer_IsFedByATestOfItsService()
    {
        var consumers = Sources.Code("services").Where(file => file.EndsWith("Consumer.cs", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(consumers);
        Violations.None(consumers.Where(consumer =>
        {
            var service = consumer.Split('/')[1];
            var happening = Path.GetFileName(consumer)[..^"Consumer.cs".Length];
            return !Sources.Code($"tests/{char.ToUpperInvariant(service[0])}{service[1..]}.Tests").Any(test => Regex.IsMatch(Sources.Read(test), $@"\b{happening}\b"));
        }));
    }

    [Fact]
    public void Exceptions_AreStillNeeded() =>
        Violations.None(Elsewhere.Keys.Where(slice => !Sources.Files.Contains(slice) || Sources.Files.Contains(Mirrored(slice))));

    /// <summary>The file of every class that an endpoints file maps.</summary>
    private static IEnumerable<string> Slices() => Sources.Code("services").Where(file => file.EndsWith("Endpoints.cs", StringComparison.Ordinal)).SelectMany(endpoints =>
    {
        var folder = endpoints[..endpoints.LastIndexOf('/')];
        var inFolder = Sources.Code(folder).ToList();
        return Mapped().Matches(Sources.Read(endpoints)).Select(match => inFolder.Find(file => file.EndsWith($"/{match.Groups[1].Value}.cs", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{endpoints} maps {match.Groups[1].Value}, which has no file of its own name beside it"));
    }).Distinct();

    /// <summary>
    /// "services/reporting/Reports/GetReport.cs" is tested in "tests/Reporting.Tests/Reports/GetReportTests.cs"; where a feature
    /// has folders of its own, the test may stand in the feature's.
    /// </summary>
    private static string Mirrored(string file)
    {
        var parts = file.Split('/');
        var exact = $"tests/{char.ToUpperInvariant(parts[1][0])}{parts[1][1..]}.Tests/{string.Join('/', parts[2..])[..^3]}Tests.cs";
        var feature = string.Join('/', exact.Split('/')[..3]);
        return Sources.Files.FirstOrDefault(test => test.StartsWith(feature + "/", StringComparison.Ordinal) && test.EndsWith(exact[exact.LastIndexOf('/')..], StringComparison.Ordinal)) ?? exact;
    }

    [GeneratedRegex(@"Map(?:Get|Post|Put|Patch|Delete|Methods)\([^;\n]*?,\s*([A-Z]\w+)\.\w+\)")]
    private static partial Regex Mapped();
}
