using Gengdu.Reporting.Peers;

namespace Gengdu.Reporting.Tests.Peers;

/// <summary>What is told of other schools: never one school's value, never so that two publications give it away.</summary>
public sealed class PeerPublicationTests
{
    private static readonly PeerOptions s_options = new();

    [Fact]
    public void Decide_FewerThanSixSchools_TellsNothing()
    {
        Assert.Equal(PeerDecision.Withdraw, PeerPublication.Decide(Values(1, 2, 3, 4, 5), null, s_options));
        Assert.Equal(PeerDecision.Withdraw, PeerPublication.Decide(Values(1, 2, 3, 4, 5), Values(1, 2, 3, 4, 5, 6), s_options));
        Assert.Equal(PeerDecision.Publish, PeerPublication.Decide(Values(1, 2, 3, 4, 5, 6), null, s_options));
    }

    [Fact]
    public void Decide_FewSchoolsChanged_KeepsWhatIsPublished()
    {
        var basis = Values(1, 2, 3, 4, 5, 6);

        Assert.Equal(PeerDecision.Keep, PeerPublication.Decide(Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), basis, s_options));
        Assert.Equal(PeerDecision.Keep, PeerPublication.Decide(Values(9, 9, 9, 9, 5, 6), basis, s_options));
        Assert.Equal(PeerDecision.Publish, PeerPublication.Decide(Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), basis, s_options));
        Assert.Equal(PeerDecision.Publish, PeerPublication.Decide(Values(9, 9, 9, 9, 9, 6), basis, s_options));
    }

    [Fact]
    public void Of_IsTheRangeOfMostSchools_Rounded()
    {
        var figures = PeerPublication.Of([4.1, 4.6, 5.2, 6, 6.3, 7, 7.4, 8.2, 9.1, 31]);

        Assert.Equal((10, 5.3, 6.7, 8.2), (figures.N, figures.Low, figures.Median, figures.High));
        Assert.Equal((8.89, 7.92), (figures.Mean, figures.Deviation));
    }

    /// <summary>Six schools, the fewest there can be: each figure is a mean of two or more, whatever the values are.</summary>
    [Fact]
    public void Of_NoFigureIsOneSchoolsValue()
    {
        double[] values = [1.037, 2.113, 4.271, 8.539, 17.11, 34.73];

        var figures = PeerPublication.Of(values);

        double[] told = [figures.Low, figures.Median, figures.High, figures.Mean, figures.Deviation];
        Assert.All(told, figure => Assert.DoesNotContain(values, value => Math.Abs(value - figure) < 0.05 * value));
    }

    [Fact]
    public void Of_AllAlike_HasNoDeviation()
    {
        var figures = PeerPublication.Of([0, 0, 0, 0, 0, 0]);
        Assert.Equal((0, 0, 0, 0), (figures.Median, figures.Low, figures.High, figures.Deviation));
    }

    private static Dictionary<Guid, double> Values(params double[] values) =>
        values.Select((value, i) => (Id: new Guid(i, 0, 0, new byte[8]), value)).ToDictionary(pair => pair.Id, pair => pair.value);
}
