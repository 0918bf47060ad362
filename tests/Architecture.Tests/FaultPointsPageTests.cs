using System.Text;
using System.Text.RegularExpressions;
using Gengdu.TestKit;

namespace Gengdu.Architecture.Tests;

/// <summary>docs/operations/fault-points.md lists every point and where it is passed, from the code.</summary>
public sealed partial class FaultPointsPageTests
{
    private const string Definition = "building-blocks/Messaging/FaultPoints.cs";

    [Fact]
    public Task Page_IsTheReviewedOne()
    {
        var text = new StringBuilder("""
            # Fault points

            Written by `tests/Architecture.Tests` from the code. A point is a named place where a test lets the process kill itself
            (SIGKILL, no clean-up), to prove that nothing is lost there and nothing counted twice. Armed only by the environment, for
            one process: `GENGDU_FAULT_POINT=FP07:3` kills it the third time it passes FP07. Not armed, a point costs one comparison.
            After each kill `tests/System.Tests` starts the process again and compares the ledger of what was acknowledged with what
            every level shows.

            | point | name | at which moment | passed in |
            |---|---|---|---|

            """);
        foreach (Match point in Point().Matches(Sources.Read(Definition)))
        {
            var name = point.Groups[2].Value;
            var passed = Sources.Code("services", "building-blocks").Where(file => Sources.Read(file).Contains($"FaultPoints.Pass(FaultPoints.{name})", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(passed);
            text.Append("| ").Append(point.Groups[3].Value).Append(" | ").Append(name).Append(" | ").Append(point.Groups[1].Value).Append(" | ")
                .AppendJoin("<br>", passed.Select(file => $"`{file}`")).Append(" |\n");
        }

        return Snapshot.VerifyAsync("docs/operations/fault-points.md", text.ToString());
    }

    [GeneratedRegex("""<summary>(.+?)</summary>\s+public const string (\w+) = "(FP\d+)";""")]
    private static partial Regex Point();
}
