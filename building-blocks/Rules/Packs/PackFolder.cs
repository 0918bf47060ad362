using System.Text;
using System.Text.Json;

namespace Gengdu.Rules.Packs;

/// <summary>Reads the files of programmes/&lt;key&gt;/.</summary>
internal static class PackFolder
{
    public static PackContents Read(string directory, List<PackProblem> problems)
    {
        var schemas = new PackSchemas(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(directory).TrimEnd('/', '\\'))!, "schemas"));
        var head = Read<ProgrammeHead>(directory, "programme.json", schemas.Programme, problems);
        var indicators = Read<IndicatorFile>(directory, "indicators.json", schemas.Indicators, problems);
        var modules = new List<(PackSource Source, Module? Content, byte[] Utf8)>();
        foreach (var key in head.Content is { } content ? content.Modules.Concat(content.DepartmentModules).Distinct() : [])
        {
            var module = Read<Module>(directory, $"modules/{key}.json", schemas.Module, problems);
            modules.Add(module);
            if (module.Content is { } read && read.Key != key) problems.Add(module.Source.Problem("/key", $"the key must be the file's name, '{key}'"));
        }
        if (problems.Count == 0) FindStrangers(directory, head.Content!, problems);
        if (problems.Count > 0) return null!;
        return new PackContents(
            head.Source, head.Content!, [.. modules.Select(module => new PackModule(module.Source, module.Content!))],
            indicators.Source, indicators.Content!,
            PackBundle.Write(head.Utf8, [.. modules.Select(module => module.Utf8)], indicators.Utf8));
    }

    private static (PackSource Source, T? Content, byte[] Utf8) Read<T>(string directory, string name, PackSchema? schema, List<PackProblem> problems)
        where T : class
    {
        var source = new PackSource(name, null);
        try
        {
            var utf8 = File.ReadAllBytes(Path.Combine(directory, name));
            if (utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[3..];
            source = source with { Positions = new JsonPositions(utf8) };
            var before = problems.Count;
            if (schema is not null) problems.AddRange(schema.Validate(name, utf8));
            return (source, problems.Count > before ? null : JsonSerializer.Deserialize<T>(utf8, ProgrammeReader.JsonOptions), utf8);
        }
        catch (IOException)
        {
            problems.Add(new PackProblem(name, 0, 0, "the file can't be read"));
        }
        catch (JsonException broken)
        {
            problems.Add(new PackProblem(name, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1, FirstSentence(broken)));
        }
        return (source, null, []);
    }

    private static string FirstSentence(JsonException broken) =>
        broken.Message.IndexOf(" Path:", StringComparison.Ordinal) is > 0 and var end ? $"{broken.Message[..end]} ({broken.Path})" : broken.Message;

    private static void FindStrangers(string directory, ProgrammeHead head, List<PackProblem> problems)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(directory, "modules"), "*.json").Order(StringComparer.Ordinal))
        {
            var key = Path.GetFileNameWithoutExtension(path);
            if (!head.Modules.Contains(key) && !head.DepartmentModules.Contains(key))
                problems.Add(new PackProblem($"modules/{key}.json", 1, 1, "programme.json doesn't name this module"));
        }
    }
}
