using System.Text.Json;
using Gengdu.Rules.Packs;

namespace Gengdu.Rules;

/// <summary>Reads a programme and refuses a broken one with everything that is wrong in it.</summary>
public static class ProgrammeReader
{
    /// <summary>
    /// Reads the folder of a programme: programme.json, modules/*.json, indicators.json. The JSON Schemas in ../schemas are applied when
    /// they are there. Whoever gets a programme back can run it: every expression compiled, every reference resolved.
    /// </summary>
    /// <exception cref="BrokenProgrammeException">With file, line, column and reason of each problem.</exception>
    public static Programme Read(string directory)
    {
        var problems = new List<PackProblem>();
        var pack = PackFolder.Read(directory, problems);
        if (problems.Count > 0) throw new BrokenProgrammeException(problems);
        var programme = Build(pack, problems);
        return problems.Count == 0 ? programme! : throw new BrokenProgrammeException(problems);
    }

    /// <summary>
    /// Reads the bundle {programme, modules, indicatorsVersion, indicators} that ProgrammePublished and the HTTP API carry
    /// (<see cref="Programme.Json"/> of the publisher). Problems have no lines then.
    /// </summary>
    /// <exception cref="BrokenProgrammeException">With the reason of each problem.</exception>
    public static Programme FromJson(string bundleJson)
    {
        var problems = new List<PackProblem>();
        var programme = PackBundle.Read(bundleJson, problems) is { } pack ? Build(pack, problems) : null;
        return problems.Count == 0 ? programme! : throw new BrokenProgrammeException(problems);
    }

    private static Programme? Build(PackContents pack, List<PackProblem> problems)
    {
        PackConsistency.Check(pack, problems);
        PackPrivacy.Check(pack, problems);
        if (problems.Count > 0) return null;
        var programme = new Programme(pack.Head, [.. pack.Modules.Select(module => module.Content)], pack.Indicators, pack.Json);
        programme.Layout = new ValueLayout(programme);
        PackLinker.Link(programme, pack, problems);
        return programme;
    }

    internal static JsonSerializerOptions JsonOptions { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
