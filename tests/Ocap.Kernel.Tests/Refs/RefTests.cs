using Ocap.Kernel.CLists;
using Ocap.Kernel.Refs;

namespace Ocap.Kernel.Tests;

/// <summary>What is a reference and what is not.</summary>
public sealed class RefTests
{
    [Test]
    [Arguments("ko123", false, 123)]
    [Arguments("kp7", true, 7)]
    public async Task A_kernel_reference_names_its_kind_and_number(string text, bool isPromise, long number)
    {
        await Assert.That(KRef.TryParse(text, out KRef kref)).IsTrue();
        await Assert.That(kref.IsPromise).IsEqualTo(isPromise);
        await Assert.That(kref.Number).IsEqualTo(number);
        await Assert.That(kref.ToString()).IsEqualTo(text);
    }

    [Test]
    [Arguments(null)]
    [Arguments("")]
    [Arguments("k")]
    [Arguments("ko")]
    [Arguments("k123")]
    [Arguments("kx123")]
    [Arguments("xo123")]
    [Arguments("ko+1")]
    [Arguments("ko-1")]
    [Arguments("ko01")]
    [Arguments("ko1 ")]
    [Arguments("ko1.owner")]
    [Arguments("ko٣")]
    [Arguments("ko1234567890123456789")]
    [Arguments("o+1")]
    public async Task Anything_else_is_no_kernel_reference(string? text) => await Assert.That(KRef.TryParse(text, out _)).IsFalse();

    [Test]
    public async Task A_bad_reference_in_the_store_is_named_in_the_error() =>
        await Assert.That(() => KRef.Parse("k123")).Throws<KernelInvariantException>().WithMessage("not a valid KRef: \"k123\"");

    [Test]
    [Arguments("o+789", false, true, false)]
    [Arguments("o-222", false, false, false)]
    [Arguments("p+5", true, true, false)]
    [Arguments("p-3", true, false, false)]
    [Arguments("o+0", false, true, false)]
    [Arguments("o+d10/1", false, true, true)]
    [Arguments("o+d10/1:2", false, true, true)]
    [Arguments("o+v3/4:0", false, true, false)]
    public async Task A_vat_reference_says_what_it_is_and_who_allocated_it(string text, bool isPromise, bool isExport, bool isDurable)
    {
        await Assert.That(VRef.TryParse(text, out VRef vref)).IsTrue();
        await Assert.That((vref.IsPromise, vref.IsExport, vref.IsDurable)).IsEqualTo((isPromise, isExport, isDurable));
        await Assert.That(vref.ToString()).IsEqualTo(text);
    }

    [Test]
    [Arguments(null)]
    [Arguments("")]
    [Arguments("o+")]
    [Arguments("o*1")]
    [Arguments("x+1")]
    [Arguments("xo+123")]
    [Arguments("ro+1")]
    [Arguments("o+01")]
    [Arguments("o+1:0")]
    [Arguments("o-d1/1")]
    [Arguments("p+d1/1")]
    [Arguments("p+v1/1")]
    [Arguments("o-v1/1")]
    [Arguments("o+d")]
    [Arguments("o+d1")]
    [Arguments("o+d1/")]
    [Arguments("o+d/1")]
    [Arguments("o+d1/1:")]
    [Arguments("o+d1/1:2:3")]
    [Arguments("o+d1/01")]
    public async Task Anything_else_is_no_vat_reference(string? text) => await Assert.That(VRef.TryParse(text, out _)).IsFalse();

    [Test]
    [Arguments("v1", true)]
    [Arguments("v12", true)]
    [Arguments("v", false)]
    [Arguments("v01", false)]
    [Arguments("V1", false)]
    [Arguments("s1", false)]
    [Arguments("v-1", false)]
    public async Task A_vat_id_is_v_and_a_number(string text, bool valid) => await Assert.That(VatId.TryParse(text, out _)).IsEqualTo(valid);

    [Test]
    public async Task Vats_are_ordered_by_number_not_by_text() =>
        await Assert.That(new VatId(2).CompareTo(new VatId(10))).IsLessThan(0);

    [Test]
    public async Task A_c_list_entry_says_whether_it_is_reachable()
    {
        await Assert.That(CListEntry.Parse("R o+123").IsReachable).IsTrue();
        await Assert.That(CListEntry.Parse("_ p-12").IsReachable).IsFalse();
        await Assert.That(CListEntry.Parse("_ p-12").ToString()).IsEqualTo("_ p-12");
        await Assert.That(CListEntry.Parse("R o+d1/2:0").ToString()).IsEqualTo("R o+d1/2:0");
    }

    [Test]
    [Arguments("X o+1", "flag (\"X\") must be 'R' or '_'")]
    [Arguments("", "flag (\"\") must be 'R' or '_'")]
    [Arguments("R ko1", "not a valid VRef: \"ko1\"")]
    public async Task A_damaged_c_list_entry_is_named_in_the_error(string text, string error) =>
        await Assert.That(() => CListEntry.Parse(text)).Throws<KernelInvariantException>().WithMessage(error);
}
