namespace Gengdu.Rules.Tests.Packs;

public sealed class ShippedProgrammeTests
{
    [Fact]
    public void Read_LaborEducation_IsAccepted()
    {
        var programme = ProgrammeReader.Read(Repository.Path("programmes/labor-education"));

        Assert.Equal("labor-education", programme.Key);
        Assert.Equal(programme.Json, ProgrammeReader.FromJson(programme.Json).Json);
    }
}
