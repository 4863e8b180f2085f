using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using OssPayment.Emulator;
using Xunit;

namespace OssPayment.Tests;

public sealed class EmulatorControlTests
{
    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"action":{}}""")]
    [InlineData("""{"action":{"kind":"nothing"}}""")]
    [InlineData("""{"action":{"kind":"hang","where":"Nowhere"}}""")]
    [InlineData("""{"every":0,"action":{"kind":"hang"}}""")]
    public async Task A_fault_that_is_not_valid_is_refused_with_the_reason(string fault)
    {
        await using OssEmulator emulator = await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = emulator.ControlEndpoint };
        using var content = new StringContent(fault, Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await client.PostAsync("/faults", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEmpty(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(emulator.State.Faults.All());
    }
}
