using Gengdu.Rules;
using Gengdu.TestKit;

namespace Gengdu.Reporting.Tests;

/// <summary>The shipped programme, read once.</summary>
internal static class TestPack
{
    public static Programme Programme { get; } = ProgrammeReader.Read(RepositoryRoot.Combine("programmes", "labor-education"));

    public static Module Basic => Programme.Module("basic-information")!;

    public static Module Curriculum => Programme.Module("curriculum")!;
}
