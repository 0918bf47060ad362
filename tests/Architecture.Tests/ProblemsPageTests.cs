using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;

namespace Gengdu.Architecture.Tests;

/// <summary>docs/problems.md: every refusal there is, from the services' catalogues.</summary>
public sealed partial class ProblemsPageTests
{
    private static readonly (string Prefix, string Title, Assembly Assembly)[] Parts =
    [
        ("GEN", "Every service", typeof(GeneralProblems).Assembly), ("GW", "Gateway", Sources.Service("gateway")), ("IDN", "Identity", Sources.Service("identity")),
        ("RPT", "Reporting", Sources.Service("reporting")), ("SUP", "Supervision", Sources.Service("supervision")), ("ANA", "Analytics", Sources.Service("analytics")),
    ];

    [Fact]
    public Task Page_IsTheReviewedOne()
    {
        var text = new StringBuilder("""
            # Problems

            Written by `tests/Architecture.Tests` from the catalogue classes (`*Problems.cs`). A refusal is an RFC 9457 problem with
            `code`, `title` and `detail` in the caller's language, `messages` in both, `errors` at the field, cell or line where there
            is one, and `traceId`. Clients key on `code`; a code never changes its meaning. Numbers and names in the details below are
            examples.

            """);
        foreach (var (prefix, title, assembly) in Parts)
        {
            text.Append("\n## ").Append(title).Append(" (").Append(prefix).Append(")\n| code | status | 中文 | English |\n|---|---|---|---|\n");
            foreach (var problem in Problems(assembly).DistinctBy(problem => problem.Code).OrderBy(problem => problem.Code, StringComparer.Ordinal))
            {
                text.Append("| ").Append(problem.Code).Append(" | ").Append(problem.Status).Append(" | **").Append(problem.Title.Zh).Append("** ").Append(problem.Detail.Zh)
                    .Append(" | **").Append(problem.Title.En).Append("** ").Append(problem.Detail.En).Append(" |\n");
            }
        }

        return Snapshot.VerifyAsync("docs/problems.md", text.ToString());
    }

    [Fact]
    public void Code_HasItsServicesPrefixAndOneMeaning()
    {
        foreach (var (prefix, _, assembly) in Parts)
        {
            var problems = Problems(assembly).ToList();
            Assert.NotEmpty(problems);
            Assert.All(problems, problem => Assert.Matches($"^{prefix}-[0-9]{{4}}$", problem.Code));
            Assert.All(problems.GroupBy(problem => problem.Code), same => Assert.Single(same.Select(problem => problem.Title).Distinct()));
        }
    }

    [Fact]
    public void Text_IsThereInBothLanguages()
    {
        foreach (var problem in Parts.SelectMany(part => Problems(part.Assembly)))
        {
            Assert.All([problem.Title.Zh, problem.Detail.Zh], text => Assert.True(Han().IsMatch(text), $"{problem.Code}: {text}"));
            Assert.All([problem.Title.En, problem.Detail.En], text => Assert.False(text.Length == 0 || Han().IsMatch(text), $"{problem.Code}: {text}"));
            Assert.InRange(problem.Status, 400, 599);
        }
    }

    private static IEnumerable<Problem> Problems(Assembly assembly)
    {
        foreach (var catalogue in Sources.Types(assembly).Where(type => type.Name.EndsWith("Problems", StringComparison.Ordinal)).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            const BindingFlags Members = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var field in catalogue.GetFields(Members).Where(field => field.FieldType == typeof(Problem) && !field.Name.Contains('<', StringComparison.Ordinal)))
            {
                yield return (Problem)field.GetValue(null)!;
            }

            foreach (var property in catalogue.GetProperties(Members).Where(property => property.PropertyType == typeof(Problem)))
            {
                yield return (Problem)property.GetValue(null)!;
            }

            foreach (var method in catalogue.GetMethods(Members).Where(method => method.ReturnType == typeof(Problem) && !method.IsSpecialName && !method.IsPrivate && method.Name != nameof(GeneralProblems.ForStatus)))
            {
                yield return (Problem)method.Invoke(null, [.. method.GetParameters().Select(Example)])!;
            }
        }
    }

    private static object? Example(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type switch
        {
            _ when type == typeof(string) => $"⟨{parameter.Name}⟩",
            _ when type == typeof(int) => 2 + parameter.Position,
            _ when type == typeof(long) => 1024L,
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(5),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 12, 15, 15, 0, 0, TimeSpan.Zero),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 12, 15),
            _ when type == typeof(Guid) => new Guid("0199c0de-0000-7000-8000-000000000001"),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Math.Min(1, Enum.GetValues(type).Length - 1)),
            _ when type.IsAssignableFrom(typeof(FieldError[])) => new FieldError[] { new("⟨at⟩", "range", new("此处有误", "Wrong here")) },
            _ when type.IsAssignableFrom(typeof(string[])) => new[] { "⟨a⟩", "⟨b⟩" },
            _ => throw new NotSupportedException($"{parameter.Member.Name}({type.Name}): say here what an example looks like"),
        };
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
