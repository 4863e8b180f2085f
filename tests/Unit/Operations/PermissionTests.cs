using System.Threading.Tasks;
using OssPayment.Client;
using OssPayment.Emulator;
using OssPayment.Endpoints;
using OssPayment.Operations;
using Xunit;

namespace OssPayment.Tests.Operations;

/// <summary>The permission that a RAM user or role needs for an operation.</summary>
public sealed class PermissionTests
{
    private static readonly LimitedResource Bucket = LimitedResource.OfBucket("a-bucket");
    private static readonly LimitedResource Pool = LimitedResource.OfResourcePool("a-pool");

    [Fact]
    public void Every_operation_names_the_permission_that_it_needs()
    {
        Assert.Equal("oss:ListBuckets", ListBucketsOperation.Create("", PageToken.First()).Permission);
        Assert.Equal("oss:GetBucketRequestPayment", RequestPaymentOperations.Get("a-bucket").Permission);
        Assert.Equal("oss:PutBucketRequestPayment", RequestPaymentOperations.Put("a-bucket", Payer.Requester).Permission);
        Assert.Equal("oss:GetBucketRequesterQoSInfo", RequesterQoSOperations.Get(Bucket, "1").Permission);
        Assert.Equal(
            "oss:ListBucketRequesterQoSInfo and oss:ListBucketRequesterQoSInfos (the OSS documentation has both names)",
            RequesterQoSOperations.List(Bucket, PageToken.First()).Permission);
        Assert.Equal("oss:PutBucketRequesterQoSInfo", Put(Bucket));
        Assert.Equal("oss:DeleteBucketRequesterQoSInfo", RequesterQoSOperations.Delete(Bucket, "1").Permission);
        Assert.Equal("oss:GetResourcePoolRequesterQoSInfo", RequesterQoSOperations.Get(Pool, "1").Permission);
        Assert.Equal("oss:ListResourcePoolRequesterQoSInfos", RequesterQoSOperations.List(Pool, PageToken.First()).Permission);
        Assert.Equal("oss:PutResourcePoolRequesterQoSInfo", Put(Pool));
        Assert.Equal("oss:DeleteResourcePoolRequesterQoSInfo", RequesterQoSOperations.Delete(Pool, "1").Permission);
        Assert.Equal("oss:GetBucketQoSInfo", BucketQoSOperations.Get("a-bucket").Permission);
        Assert.Equal(
            "oss:PutBucketQoSInfo", BucketQoSOperations.Put("a-bucket", QoSConfiguration.Unlimited).Permission);
        Assert.Equal("oss:DeleteBucketQoSInfo", BucketQoSOperations.Delete("a-bucket").Permission);
        Assert.Equal("oss:ListResourcePools", ResourcePoolOperations.List(PageToken.First()).Permission);
        Assert.Equal("oss:GetResourcePoolInfo", ResourcePoolOperations.Get("a-pool").Permission);
        Assert.Equal("oss:ListResourcePoolBuckets", ResourcePoolOperations.ListBuckets("a-pool", PageToken.First()).Permission);

        static string Put(LimitedResource resource) =>
            RequesterQoSOperations.Put(resource, "1", QoSConfiguration.Unlimited).Permission;
    }

    [Fact]
    public async Task A_refusal_names_the_permission()
    {
        await using OssEmulator emulator =
            await OssEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        OssClient reader = Clients.For(emulator.State, "reader");
        OssLocation location = Clients.At(emulator.HttpEndpoint);

        var e = await Assert.ThrowsAsync<OssServiceException>(() => reader.PutPaymentAsync(location, Payer.Requester));

        Assert.Equal(("AccessDenied", "oss:PutBucketRequestPayment"), (e.ErrorCode, e.Permission));
    }
}
