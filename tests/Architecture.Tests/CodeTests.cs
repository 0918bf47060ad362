using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Architecture.Tests;

/// <summary>Shape and names of the code.</summary>
public sealed partial class CodeTests
{
    private const int LongestFile = 300;
    private static readonly string[] BannedWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Base", "Impl", "Data", "Info", "Dto", "Service"];
    private static readonly string[] BannedFolders = ["Shared", "Common", "Utils", "Helpers", "Core"];

    /// <summary>
    /// Files of a building block; to raise one is a decision of the review, not of the hour. ServiceDefaults: eight of its files are
    /// the two roles and row-level security (ADR 0015), which every service must have alike. Rules: three of its files
    /// compare versions of a form (ADR 0016), which reporting and analytics must do alike, two read what rules compare a form with:
    /// earlier cycles, registers and other schools are a new kind of input beside the form's own values.
    /// </summary>
    private static readonly Dictionary<string, int> Budget = new() { ["ServiceDefaults"] = 25, ["Messaging"] = 14, ["Audit"] = 22, ["LivePages"] = 4, ["Organisations"] = 14, ["Printing"] = 6, ["Rules"] = 65, ["Sheets"] = 10 };

    public static TheoryData<string> Services() => [.. Sources.Services];

    [Fact]
    public void File_IsNotLongerThanThreeHundredLines() => Violations.None(Sources.Code()
        .Select(file => (file, lines: Sources.Read(file).AsSpan().Count('\n'))).Where(pair => pair.lines > LongestFile).Select(pair => $"{pair.file}: {pair.lines}"));

    [Fact]
    public void TypeName_EndsInNoEmptyWord() => Violations.None(Declared().Where(pair => Words().Matches(pair.Type) is [.., var last] && BannedWords.Contains(last.Value) && !Borrowed.Contains(pair.Type))
        .Select(pair => $"{pair.File}: {pair.Type}"));

    [Fact]
    public void Folder_IsNamedForAFeature() => Violations.None(Sources.Code().Where(file => file.Split('/')[..^1].Any(part => BannedFolders.Contains(part))));

    [Fact]
    public void BuildingBlock_StaysWithinItsBudgetOfFiles()
    {
        foreach (var (block, most) in Budget)
        {
            var files = Sources.Code($"building-blocks/{block}").Count();
            Assert.True(files <= most, $"{block} has {files} files, its budget is {most}");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Types_AreSealed(string service) => Violations.None(Sources.Types(Sources.Service(service))
        .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.IsAssignableTo(typeof(Delegate)) && type.Name != "Program").Select(type => type.FullName));

    /// <summary>Public in a service are Program and the records and enums of its API; everything that acts is internal.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void Types_ArePublicOnlyWhenTheyAreTheApi(string service) => Violations.None(Sources.Service(service).GetExportedTypes()
        .Where(type => type.Name != "Program" && type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) != true && !type.IsEnum && type.GetMethod("<Clone>$") is null)
        .Where(type => type.Namespace?.StartsWith("Gengdu", StringComparison.Ordinal) == true).Select(type => type.FullName));

    /// <summary>Words of other people's standards.</summary>
    private static readonly string[] Borrowed = ["UserInfo"]; // OpenID Connect Core 1.0 §5.3

    /// <summary>Aggregates that stand on a framework's own class, with the reason. May only shrink.</summary>
    private static readonly Dictionary<string, string> OnAFramework = new()
    {
        ["services/identity/People/Person.cs"] = "is the user of ASP.NET Core Identity (password hash, lockout, stamp)",
    };

    /// <summary>Aggregates are what a context stores and decides something: without a trace of how they are stored or asked for.</summary>
    [Theory]
    [MemberData(nameof(Services))]
    public void Aggregate_TouchesNeitherAspNetNorEfNorMassTransit(string service)
    {
        var assembly = Sources.Service(service);
        var stored = assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(DbContext)))
            .SelectMany(context => context.GetProperties()).Select(property => property.PropertyType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbSet<>)).Select(type => type.GetGenericArguments()[0])
            .Where(type => type.Assembly == assembly && Decides(type)).Select(type => $"/{type.Name}.cs").ToHashSet();
        var files = Sources.Code($"services/{service}").Where(file => stored.Any(name => file.EndsWith(name, StringComparison.Ordinal))).ToList();
        Violations.None(files.Except(OnAFramework.Keys).Where(file => Outside().IsMatch(Sources.Read(file))));
    }

    /// <summary>Has methods of its own; a row of a read model has none.</summary>
    private static bool Decides(Type type) => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Any(method => !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal) && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    [Fact]
    public void Banned_SymbolsAreListedAndAnError()
    {
        var banned = Sources.Read("BannedSymbols.txt");
        Assert.All(
            ["P:System.DateTime.Now;", "P:System.DateTime.UtcNow;", "P:System.DateTimeOffset.Now;", "P:System.DateTimeOffset.UtcNow;", "M:System.Guid.NewGuid;", "M:System.Threading.Tasks.Task.Wait;", "P:System.Threading.Tasks.Task`1.Result;"],
            symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Sources.Read(".editorconfig"), StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Sources.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains("<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>", Sources.Read("Directory.Build.props"), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_NamesNoWholeObjects() => Violations.None(Sources.Code("services", "building-blocks").Where(file => Sources.Read(file).Contains("{@", StringComparison.Ordinal)));

    private static IEnumerable<(string File, string Type)> Declared() => Sources.Code("services", "contracts", "building-blocks", "tools")
        .SelectMany(file => Declaration().Matches(Sources.Read(file)).Select(match => (file, match.Groups[1].Value)));

    [GeneratedRegex(@"^\s*(?:public |internal |private |sealed |static |abstract |readonly |partial |file )*(?:class|record struct|record class|record|struct|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Words();

    [GeneratedRegex(@"^using (?:static )?(?:Microsoft\.AspNetCore|Microsoft\.EntityFrameworkCore|MassTransit|Npgsql)|\.ToHttpResult\(", RegexOptions.Multiline)]
    private static partial Regex Outside();
}
