using Gengdu.Analytics.Exports;
using Gengdu.Printing;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>Why a file could not be printed, in the words of this service.</summary>
public sealed class ExportProblemsTests
{
    [Theory]
    [InlineData(PrintFault.Busy, "ANA-0045", true)]
    [InlineData(PrintFault.NoBrowser, "ANA-0046", false)]
    [InlineData(PrintFault.NoChineseFont, "ANA-0046", false)]
    [InlineData(PrintFault.Failed, "ANA-0047", true)]
    public void Of_SaysWhatToDo(PrintFault fault, string code, bool later)
    {
        var problem = ExportProblems.Of(fault);
        Assert.Equal((503, code, later), (problem.Status, problem.Code, problem.RetryAfter is not null));
    }
}
