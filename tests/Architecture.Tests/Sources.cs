using System.Diagnostics;
using System.Reflection;
using Gengdu.TestKit;

namespace Gengdu.Architecture.Tests;

/// <summary>What the rules look at: the files of the repository and the assemblies built from them.</summary>
internal static class Sources
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "dist", ".git", ".local", "TestResults"];

    public static IReadOnlyList<string> Services { get; } = ["analytics", "gateway", "identity", "reporting", "supervision"];

    /// <summary>Paths from the root, forward slashes; what git tracks, or the folder's files where there is no git.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (Tracked() ?? Walk(RepositoryRoot.Path).AsEnumerable()).Where(file => File.Exists(RepositoryRoot.Combine(file.Split('/')))).Order(StringComparer.Ordinal)];

    /// <summary>Our C#, generated migrations left out.</summary>
    public static IEnumerable<string> Code(params string[] under) => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)
        && !file.Contains("/Migrations/", StringComparison.Ordinal) && (under.Length == 0 || under.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal))));

    public static string Read(string file) => File.ReadAllText(RepositoryRoot.Combine(file.Split('/')));

    /// <summary>"reporting" gives the assembly Gengdu.Reporting.</summary>
    public static Assembly Service(string name) => Assembly.Load($"Gengdu.{char.ToUpperInvariant(name[0])}{name[1..]}");

    /// <summary>Types that stand in our source: no compiler's, no migration's.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes().Where(type =>
        type.Namespace?.StartsWith("Gengdu", StringComparison.Ordinal) != false && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) != true && type.Namespace?.Contains(".Generated", StringComparison.Ordinal) != true
        && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false));

    public static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", RepositoryRoot.Path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true });
            var output = git!.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string[]? Tracked() => Git("ls-files", "-z", "--cached", "--others", "--exclude-standard")?.Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
        .Concat(Directory.EnumerateDirectories(folder).Where(sub => !Skipped.Contains(Path.GetFileName(sub))).SelectMany(Walk));
}
